// Prints what wrangler's own reader finds in a configuration: one line a record, of fields that are percent-encoded.
import { createRequire } from "node:module";
import { basename, extname } from "node:path";

const [wrangler, path, env] = process.argv.slice(2);
const { unstable_readConfig, unstable_getVarsForDev } = createRequire(import.meta.url)(wrangler);

function print(...fields) {
  console.log(["worker-client", ...fields.map(encodeURIComponent)].join("\t"));
}

const config = unstable_readConfig({ config: path, env }, { hideWarnings: true });
const main = basename(config.main ?? "", extname(config.main ?? ""));
print(
  "worker",
  config.name,
  config.no_bundle ? basename(config.main) : `${main}.js`,
  config.compatibility_date,
  ...config.compatibility_flags,
);

for (const [name, { type, value }] of Object.entries(
  unstable_getVarsForDev(config.userConfigPath, undefined, config.vars, env, true, config.secrets),
)) {
  if (type === "json") print("json", name, JSON.stringify(value));
  else print("text", name, value);
}
for (const { binding, service, entrypoint } of config.services ?? []) {
  print("service", binding, service, ...(entrypoint ? [entrypoint] : []));
}
for (const { name, class_name, script_name } of config.durable_objects.bindings) {
  print("object", name, class_name, script_name ?? config.name);
}
for (const { binding, id } of config.kv_namespaces) print("kv", binding, id ?? binding);
for (const { binding, bucket_name } of config.r2_buckets) print("r2", binding, bucket_name ?? binding);
for (const { binding, queue } of config.queues.producers ?? []) print("queue", binding, queue);
for (const { queue } of config.queues.consumers ?? []) print("consumer", queue);

// Any other member with bindings in it, as far as wrangler knows them, and assets, which need no binding.
const provided = ["services", "durable_objects", "kv_namespaces", "r2_buckets", "queues"];
const isBinding = (value) => typeof value === "object" && value !== null && "binding" in value;
for (const [key, value] of Object.entries(config)) {
  if (provided.includes(key)) continue;
  const values = Array.isArray(value) ? value : Array.isArray(value?.bindings) ? value.bindings : [value];
  const named = key === "send_email" && values.length > 0;
  if (key === "assets" ? value !== undefined : values.some(isBinding) || named) print("other", key);
}

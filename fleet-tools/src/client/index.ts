import { readFileSync } from "node:fs";
import { Document, Pair, Scalar, YAMLMap, isNode } from "yaml";
import { inEnvironment, type Deployment, type Fleet } from "../fleet.ts";
import { isProxy, proxyEntries } from "../proxy/entries.ts";
import { lentBy, type Lent } from "../proxy/lent.ts";
import { domainOf, placeOf, type Domain } from "./domain.ts";

/** One environment of a client. */
export interface ClientEnvironment {
  /** The name in the file; absent if the file has no environments. */
  readonly name?: string;
  /** Its name in the wrangler configurations; absent for their top level. */
  readonly environment?: string;
  /** The binding proxy's address; absent if a proxy of the fleet has a custom domain. */
  readonly proxyUrl?: string;
}

/** What a client calls by one name. */
type Called = Pick<Lent, "name" | "deployment" | "entrypoint" | "className" | "healthPath" | "source"> & {
  readonly healthSource?: string;
};

const HEAD = ` The client of this fleet, as \`fleet client\` wrote it: for WorkerClient.fromConfig, and for the Spring Boot starter by
 spring.config.import. \${NAME} stands for an environment variable, so that no secret stands here.`;

/**
 * Writes the configuration of a client of the fleet: a YAML document for each environment, with the binding proxy and each
 * service that it lends. Of Workers that are not in the environment, it takes those of the top level.
 *
 * @param folder what the files in comments are relative to
 * @throws Error if the address of the proxy is needed and not known
 */
export function clientConfig(fleet: Fleet, environments: readonly ClientEnvironment[], folder = process.cwd()): string {
  const documents = environments.map((each) => documentOf(fleet, each, folder));
  documents[0]!.commentBefore = HEAD;
  return documents.map((document) => document.toString({ lineWidth: 0 })).join("---\n");
}

function documentOf(fleet: Fleet, { name, environment, proxyUrl }: ClientEnvironment, folder: string): Document {
  const deployments = inEnvironment(fleet, environment);
  const proxy = deployments.find(isProxy);
  const called = proxy === undefined ? lentBy(fleet, environment, folder) : lentByProxy(fleet, proxy, folder);
  if (called.length === 0)
    throw new Error(
      "there is nothing to call: no Worker of these folders has a fetch handler, an entrypoint or a class",
    );
  const given = proxyUrl === undefined ? undefined : { url: proxyUrl, source: "--proxy-url" };
  const address = given ?? (proxy === undefined ? undefined : domainOf(proxy, folder));
  const services = new YAMLMap();
  for (const each of called) {
    const domain =
      each.entrypoint === undefined && each.className === undefined && each.deployment !== undefined
        ? domainOf(each.deployment, folder)
        : undefined;
    if (domain === undefined && address === undefined) throw noRoute(each.name, name ?? environment, proxy);
    const key = keyOf(each.name, services);
    put(services, key, serviceOf(each, key, domain), commentOf(each, environment));
  }
  const client = new YAMLMap();
  if (address !== undefined) put(client, "binding-proxy", proxyOf(address));
  put(client, "services", services);

  // YAML 1.1 is what SnakeYAML reads: to it, NO and ON are truth values, which are put in quotes.
  const document = new Document(new YAMLMap(), { version: "1.1" });
  const contents = document.contents as unknown as YAMLMap;
  if (name !== undefined) {
    const after = environment === undefined ? "the top level of the wrangler configurations" : undefined;
    put(contents, "spring.config.activate.on-profile", name, { after });
  }
  put(contents, "worker-client", client);
  return document;
}

/** What a proxy of the fleet lends: a person may have taken names out of it, or given others. */
function lentByProxy(fleet: Fleet, proxy: Deployment, folder: string): Called[] {
  const entries = proxyEntries(proxy);
  return proxy.bindings
    .filter(({ name }) => entries?.has(name))
    .map(({ name, worker, entrypoint, className, path }) => {
      const deployment = worker === undefined ? undefined : fleet.named(worker, proxy.project);
      const healthPath = entries?.get(name)?.["healthPath"];
      return {
        name,
        ...(deployment === undefined ? {} : { deployment }),
        ...(entrypoint === undefined ? {} : { entrypoint }),
        ...(className === undefined ? {} : { className }),
        ...(typeof healthPath !== "string" ? {} : { healthPath, healthSource: "BINDINGS of the proxy" }),
        source: placeOf(proxy, path, folder),
      };
    });
}

function proxyOf({ url, source }: Domain): YAMLMap {
  const proxy = new YAMLMap();
  put(proxy, "url", url, { after: source });
  put(proxy, "bearer-token", "${PROXY_TOKEN}");
  return proxy;
}

function serviceOf(
  { name, deployment, healthPath, healthSource = "found in its source" }: Called,
  key: string,
  domain: Domain | undefined,
): YAMLMap {
  const service = new YAMLMap();
  if (name !== key) put(service, "binding", name);
  if (domain === undefined) {
    put(service, "routes", "binding-proxy");
  } else {
    put(service, "custom-domain", customDomainOf(name, deployment!, domain));
  }
  if (healthPath !== undefined) put(service, "health-path", healthPath, { after: healthSource });
  return service;
}

function customDomainOf(name: string, deployment: Deployment, { url, source }: Domain): YAMLMap {
  const text = (deployment.exports?.sources ?? []).map((file) => readFileSync(file, "utf8")).join("\n");
  const custom = new YAMLMap();
  put(custom, "url", url, { after: source });
  if (/["'`]authorization["'`]|\bbearerAuth\(/i.test(text)) {
    put(custom, "bearer-token", `\${${upper(name)}_TOKEN}`, { after: "its source reads the header Authorization" });
  }
  if (!text.includes("passThroughOnException")) {
    custom.comment = " stamped-by: x-header-of-its-own  # if it sends this header on every response, errors too";
  }
  return custom;
}

function commentOf({ deployment, entrypoint, className, source }: Called, environment: string | undefined): Comments {
  const of = entrypoint ?? className;
  const part = of === undefined ? "" : `${of} of `;
  const worker = deployment === undefined ? "" : `${part}Worker ${deployment.worker}: `;
  const elsewhere = deployment !== undefined && deployment.environment !== environment;
  return { before: `${worker}${source}${elsewhere ? `, which has no environment ${environment}` : ""}` };
}

function noRoute(name: string, environment: string | undefined, proxy: Deployment | undefined): Error {
  const where = environment === undefined ? "" : ` in ${environment}`;
  const option = environment === undefined ? "--proxy-url " : `--proxy-url ${environment}=`;
  return new Error(
    `${name} can be called through a binding proxy alone${where}, and ` +
      (proxy === undefined
        ? "no Worker of these folders is one: add the proxy's folder, or write "
        : `the proxy ${proxy.worker} has no custom domain there: give it one, or write `) +
      `${option}https://workers-proxy.example.com`,
  );
}

/** The key of a service. Spring Boot compares keys without case, hyphens and underscores, and drops other characters. */
function keyOf(name: string, services: YAMLMap): string {
  const uniform = (text: string): string => text.replace(/[-_]/g, "");
  const taken = new Set(services.items.map(({ key }) => uniform(String(key))));
  let key = upper(name);
  for (let count = 2; taken.has(uniform(key)); count++) key = `${upper(name)}_${count}`;
  return key;
}

function upper(name: string): string {
  return name.toUpperCase().replace(/[^A-Z0-9_]/g, "_");
}

interface Comments {
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

function put(map: YAMLMap, key: string, value: unknown, { before, after }: Comments = {}): void {
  const name = new Scalar(key);
  const node = isNode(value) ? value : new Scalar(value);
  if (before !== undefined) name.commentBefore = ` ${before}`;
  if (after !== undefined) node.comment = ` ${after}`;
  map.items.push(new Pair(name, node));
}

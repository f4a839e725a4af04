import type { Lent } from "./lent.ts";

/** What is lent in one environment, and the host that the proxy has there. */
export interface ProxyEnvironment {
  /** Absent for the top level. */
  readonly name?: string;
  readonly lent: readonly Lent[];
  /** The proxy's custom domain; absent if it isn't known. */
  readonly domain?: string;
}

/** Writes the proxy's wrangler.jsonc. The first environment is the top level. */
export function proxyConfig(name: string, environments: readonly ProxyEnvironment[]): string {
  const [top, ...named] = environments;
  const lines = [
    "// The binding proxy of this fleet, as `fleet proxy` wrote it. Remove what backends should not reach, here and in BINDINGS.",
    "{",
    `  "$schema": "node_modules/wrangler/config-schema.json",`,
    `  "name": ${json(name)},`,
    `  "main": "binding-proxy.js",`,
    `  "no_bundle": true,`,
    "",
    "  // Not before 2026-04-21: from that date errors keep their name, code and cause, if the target has it too.",
    `  "compatibility_date": "2026-04-21",`,
    "",
    "  // A workers.dev host would be one more door to the same bindings.",
    `  "workers_dev": false,`,
    `  "preview_urls": false,`,
    `  "observability": { "enabled": true },`,
    "",
    "  // For wrangler dev alone: the host that ALLOW_ANONYMOUS takes.",
    `  "dev": { "host": "localhost" },`,
    "",
    ...indented(section(top!), "  "),
  ];
  if (named.length > 0) {
    lines.push(
      "",
      "  // Each environment has its own bindings: wrangler hands none of the top level's down.",
      `  "env": {`,
    );
    for (const each of named) lines.push(`    ${json(each.name)}: {`, ...indented(section(each), "      "), "    },");
    lines.push("  },");
  }
  lines.push(
    "",
    "  // Secrets, never written here:",
    "  //   npx wrangler secret put PROXY_TOKEN        (with -e <name> for an environment)",
    "}",
  );
  return `${lines.join("\n")}\n`;
}

function section({ lent, domain }: ProxyEnvironment): string[] {
  const of = (kind: Lent["kind"]): Lent[] => lent.filter((each) => each.kind === kind);
  const services = of("service").map(({ name, worker, entrypoint, source }) =>
    entry({ binding: name, service: worker, ...(entrypoint === undefined ? {} : { entrypoint }) }, source),
  );
  const objects = of("durable-object").map(({ name, className, worker, source }) =>
    entry({ name, class_name: className, script_name: worker }, source),
  );
  const queues = of("queue").map(({ name, queue, source }) => entry({ binding: name, queue }, source));
  const route = domain === undefined ? undefined : { pattern: domain, custom_domain: true };
  return [
    route === undefined
      ? `// "routes": [{ "pattern": "workers-proxy.example.com", "custom_domain": true }],`
      : `"routes": [${spaced(route)}],`,
    ...list(`"services": [`, services, "],"),
    ...list(`"durable_objects": { "bindings": [`, objects, "] },"),
    ...list(`"queues": { "producers": [`, queues, "] },"),
    ...of("ai").map(({ name }) => `"ai": { "binding": ${json(name)} },`),
    `"vars": {`,
    `  "BINDINGS": {`,
    ...lent.map((each) => `    ${json(each.name)}: ${spaced(bindingEntry(each))},`),
    `  },`,
    `  // What each token may be used for. Both have the same, so that one can replace the other.`,
    `  "TOKEN_SCOPES": {`,
    ...["PROXY_TOKEN", "PROXY_TOKEN_NEXT"].map((token) => `    ${json(token)}: ${spaced(scope(lent))},`),
    `  },`,
    `  "EXPOSE_ERRORS": "false",`,
    `},`,
  ];
}

function bindingEntry({ kind, healthPath, methods }: Lent): object {
  const listed =
    methods === undefined || Array.isArray(methods) || Object.values(methods).some(({ returns }) => returns);
  return {
    kind,
    ...(healthPath === undefined ? {} : { healthPath }),
    ...(methods === undefined ? {} : { methods: listed ? methods : Object.keys(methods) }),
  };
}

function scope(lent: readonly Lent[]): object {
  return { bindings: lent.map(({ name }) => name), operations: ["fetch", "rpc", "diagnose"] };
}

function list(open: string, entries: readonly string[], close: string): string[] {
  return entries.length === 0 ? [] : [open, ...indented(entries, "  "), close];
}

function entry(value: object, source: string): string {
  return `${spaced(value)}, // ${source}`;
}

function indented(lines: readonly string[], by: string): string[] {
  return lines.map((line) => (line === "" ? line : by + line));
}

function json(value: unknown): string {
  return JSON.stringify(value);
}

/** JSON on one line, with the spaces that people put into it. */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(", ")}]`;
  if (typeof value !== "object" || value === null) return json(value);
  const members = Object.entries(value).map(([key, member]) => `${json(key)}: ${spaced(member)}`);
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

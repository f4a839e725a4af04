import { ConfigError, jsonObject, jsonVariable, quoteConfigured } from "./config-error.js";
import { parseRpc, type RpcConfig } from "./config-methods.js";

interface Common {
  readonly name: string;
  /** What the target sees as its own origin. A reserved name, so that nothing sent OUT by mistake arrives anywhere. */
  readonly origin: string;
  /** Absent if the binding lists no methods, so that it is not called by RPC. */
  readonly rpc: RpcConfig | undefined;
}
export interface ServiceConfig extends Common {
  readonly kind: "service";
  readonly healthPath: string | undefined;
}
export interface DurableObjectConfig extends Common {
  readonly kind: "durable-object";
  readonly namePrefix: string | undefined;
  readonly unique: boolean;
}
/** Bindings without fetch, whose methods the runtime defines. */
export interface MethodsOnlyConfig extends Common {
  readonly kind: "queue" | "ai";
}
export type BindingConfig = ServiceConfig | DurableObjectConfig | MethodsOnlyConfig;

const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,62}$/;
const HEALTH_PATH = /^\/(?!\/)[\x21-\x7e]*$/;
const RPC_MEMBERS = ["methods", "errorProperties", "sessions"];
const MEMBERS = {
  service: ["kind", "healthPath", ...RPC_MEMBERS],
  "durable-object": ["kind", "namePrefix", "unique", ...RPC_MEMBERS],
  queue: ["kind", ...RPC_MEMBERS],
  ai: ["kind", ...RPC_MEMBERS],
};
const isKind = (kind: unknown): kind is BindingConfig["kind"] =>
  typeof kind === "string" && Object.hasOwn(MEMBERS, kind);

export function parseBindings(value: unknown): ReadonlyMap<string, BindingConfig> {
  if (value === undefined) {
    throw new ConfigError('BINDINGS is missing. Write for example: { "ORDERS": { "kind": "service" } }');
  }
  const entries = Object.entries(jsonVariable(value, "BINDINGS"));
  return new Map(entries.map(([name, entry]) => [name, parseBinding(name, entry)]));
}

function parseBinding(name: string, value: unknown): BindingConfig {
  if (!NAME.test(name) || name in Object.prototype) {
    throw new ConfigError(
      `BINDINGS has the name ${quoteConfigured(name)}: use a letter or _, then letters, digits and _, at most 63.`,
    );
  }
  if (/^_*xn__/i.test(name)) {
    throw new ConfigError(
      `BINDINGS has the name ${quoteConfigured(name)}: names that begin with XN__ read as an encoded host name. Use another.`,
    );
  }
  const at = `BINDINGS.${name}`;
  const entry = jsonObject(value, at, '{ "kind": "service" }');
  const { kind } = entry;
  if (!isKind(kind)) {
    throw new ConfigError(`${at}.kind must be "service", "durable-object", "queue" or "ai".`);
  }
  for (const member of Object.keys(entry)) {
    if (!MEMBERS[kind].includes(member)) {
      throw new ConfigError(
        `${at} has the unknown member ${quoteConfigured(member)}. A ${kind} takes: ${MEMBERS[kind].join(", ")}.`,
      );
    }
  }
  const origin = `https://${
    name
      .toLowerCase()
      .replaceAll("_", "-")
      .replace(/^-+|-+$/g, "") || "binding"
  }.invalid`;
  switch (kind) {
    case "service":
      return { name, origin, kind, rpc: parseRpc(entry, at), healthPath: healthPath(entry["healthPath"], at) };
    case "durable-object":
      return { name, origin, kind, rpc: parseRpc(entry, at), ...objectMembers(entry, at) };
    case "queue":
      return { name, origin, kind, rpc: parseRpc(entry, at, ["send"]) };
    case "ai":
      return { name, origin, kind, rpc: parseRpc(entry, at, ["run"]) };
  }
}

function healthPath(value: unknown, at: string): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === "string" && HEALTH_PATH.test(value)) return value;
  throw new ConfigError(`${at}.healthPath must be a path such as "/v1/health".`);
}

function objectMembers(entry: Record<string, unknown>, at: string) {
  const { namePrefix, unique = false } = entry;
  if (namePrefix !== undefined && (typeof namePrefix !== "string" || namePrefix === "")) {
    throw new ConfigError(`${at}.namePrefix must be a text such as "room-".`);
  }
  if (typeof unique !== "boolean") throw new ConfigError(`${at}.unique must be true or false.`);
  if (unique && namePrefix !== undefined) {
    throw new ConfigError(`${at} has unique and namePrefix: an object with a unique id has no name. Use two bindings.`);
  }
  return { namePrefix, unique };
}

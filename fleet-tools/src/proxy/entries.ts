import { basename } from "node:path";
import type { BindingKind } from "../bindings.ts";
import type { Deployment } from "../fleet.ts";
import { recordOf } from "../loose.ts";

const KINDS: readonly unknown[] = ["service", "durable-object", "queue", "ai"] satisfies BindingKind[];

/** An entry of `vars.BINDINGS`, as it is written. */
export type ProxyEntry = Readonly<Record<string, unknown>>;

/** The entries of a binding proxy's `vars.BINDINGS`, by name; undefined if the Worker is not a binding proxy. */
export function proxyEntries({ config }: Deployment): ReadonlyMap<string, ProxyEntry> | undefined {
  const bindings = parsed(recordOf(config.vars)["BINDINGS"]);
  const entries = new Map(Object.entries(recordOf(bindings)).map(([name, entry]) => [name, recordOf(entry)]));
  const named = config.name === "binding-proxy" || basename(String(config.main ?? "")) === "binding-proxy.js";
  const formed = [...entries.values()].every(({ kind }) => KINDS.includes(kind));
  return entries.size > 0 && (formed || named) ? entries : undefined;
}

/** Whether a Worker is a binding proxy. */
export function isProxy(deployment: Deployment): boolean {
  return proxyEntries(deployment) !== undefined;
}

function parsed(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

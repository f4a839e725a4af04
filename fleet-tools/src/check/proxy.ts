import { basename } from "node:path";
import type { BindingKind } from "../bindings.ts";
import type { Deployment } from "../fleet.ts";
import { recordOf } from "../loose.ts";

const KINDS: readonly unknown[] = ["service", "durable-object", "queue", "ai"] satisfies BindingKind[];

/** The entries of a binding proxy's `vars.BINDINGS`, by their kind; undefined if the Worker is not a binding proxy. */
export function proxyBindings({ config }: Deployment): ReadonlyMap<string, unknown> | undefined {
  const bindings = parsed(recordOf(config.vars)["BINDINGS"]);
  const entries = Object.entries(recordOf(bindings));
  const kinds = new Map(entries.map(([name, entry]) => [name, recordOf(entry)["kind"]]));
  const named = config.name === "binding-proxy" || basename(String(config.main ?? "")) === "binding-proxy.js";
  const formed = entries.length > 0 && [...kinds.values()].every((kind) => KINDS.includes(kind));
  return formed || (named && entries.length > 0) ? kinds : undefined;
}

function parsed(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

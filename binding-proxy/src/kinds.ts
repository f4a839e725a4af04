import type { BindingConfig } from "./config-bindings.js";

/** What a binding turned out to be. */
export interface Found {
  readonly kind: BindingConfig["kind"] | "missing" | "other";
  /** For a person: the class of the binding, or the type of a plain value. */
  readonly className: string;
}

export function hasFetch({ kind }: BindingConfig): boolean {
  return kind === "service" || kind === "durable-object";
}

/** Looks at the binding without calling anything on it. */
export function findBinding(env: object, name: string): Found {
  // hasOwn, because env.constructor and the like can be reached otherwise.
  if (!Object.hasOwn(env, name)) return { kind: "missing", className: "undefined" };
  const value = (env as Record<string, unknown>)[name];
  if (typeof value !== "object" || value === null) return { kind: "other", className: typeof value };
  // Only the prototype tells: a service stub answers every property name with an RPC method.
  const prototype = Object.getPrototypeOf(value) as object | null;
  const className = prototype?.constructor.name ?? "Object";
  if (hasMethod(prototype, "idFromName")) return { kind: "durable-object", className };
  if (hasMethod(prototype, "sendBatch")) return { kind: "queue", className };
  // Before "service": Workers AI has a fetch of its own, and a service's prototype has no run.
  if (hasMethod(prototype, "run")) return { kind: className === "Ai" ? "ai" : "other", className };
  return { kind: hasMethod(prototype, "fetch") ? "service" : "other", className };
}

function hasMethod(prototype: object | null, name: string): boolean {
  for (let p = prototype; p !== null && p !== Object.prototype; p = Object.getPrototypeOf(p) as object | null) {
    if (Object.hasOwn(p, name)) return true;
  }
  return false;
}

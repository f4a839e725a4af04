import type { BindingConfig } from "./config-bindings.js";
import type { Env } from "./config.js";
import type { Controls } from "./control-headers.js";
import { findBinding, type Found } from "./kinds.js";
import { objectId } from "./objects.js";
import { quote } from "./quote.js";
import { Refusal } from "./refusal.js";

/** The target of a request. No stub yet: `open` gets it, and only the dispatcher calls that. */
export interface Target {
  readonly binding: BindingConfig;
  /** The object meant, in the form that Binding-Proxy-Object takes. */
  readonly object: string | undefined;
  readonly open: () => unknown;
}

/** A listed binding as diagnose sees it. `open` is there if the binding is the service that was expected. */
export interface Subject {
  readonly binding: BindingConfig;
  readonly found: Found;
  readonly open: (() => Fetcher) | undefined;
}

export function lookUp(
  bindings: ReadonlyMap<string, BindingConfig>,
  env: Env,
  name: string,
  address: Controls["object"],
): Target | Refusal {
  const binding = bindings.get(name);
  if (binding === undefined) {
    return new Refusal("BINDING_NOT_ALLOWED", `${quote(name)} is not listed in BINDINGS.`, name.slice(0, 64));
  }
  const found = findBinding(env, name);
  if (found.kind === "missing") return new Refusal("BINDING_MISSING", undefined, name);
  if (found.kind !== binding.kind) {
    const detail = `BINDINGS says ${binding.kind}; the deployed binding is of type ${quote(found.className)}.`;
    return new Refusal("BINDING_WRONG_KIND", detail, name);
  }
  if (binding.kind !== "durable-object") {
    if (address !== undefined) {
      return new Refusal("BAD_REQUEST", `Binding-Proxy-Object was sent, but the target is a ${binding.kind}.`, name);
    }
    return { binding, object: undefined, open: () => env[name] };
  }
  if (address === undefined) {
    return new Refusal("BAD_REQUEST", "Binding-Proxy-Object is missing: say which Durable Object is meant.", name);
  }
  const namespace = env[name] as DurableObjectNamespace;
  const id = objectId(namespace, binding, address);
  if (id instanceof Refusal) return id;
  return { binding, object: `id:${id.toString()}`, open: () => namespace.get(id) };
}

export function examine(env: Env, binding: BindingConfig): Subject {
  const found = findBinding(env, binding.name);
  const callable = found.kind === "service" && binding.kind === "service";
  return { binding, found, open: callable ? () => env[binding.name] as Fetcher : undefined };
}

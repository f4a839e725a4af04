import type { Fleet } from "../../fleet.ts";
import { at, type Finding, type Rule } from "../finding.ts";
import { proxyEntries } from "../../proxy/entries.ts";

/** A binding proxy whose list and bindings don't agree. */
export const proxyBindingsRule: Rule = {
  id: "proxy-bindings",
  severity: "error",
  title: "BINDINGS of a binding proxy does not match its bindings",
  cause:
    "The proxy exposes the bindings in BINDINGS. Calls to a listed binding that does not exist, or is of another kind, fail with BINDING_MISSING or BINDING_WRONG_KIND; a binding that is not listed can't be reached.",
  evidence: {
    basis: "measured",
    text: "the binding proxy's own tests on workerd 1.20261117.1: 404, Binding-Proxy-Error: BINDING_MISSING",
  },
  *check(fleet: Fleet): Iterable<Finding> {
    for (const deployment of fleet.deployments) {
      const listed = proxyEntries(deployment);
      if (listed === undefined) continue;
      for (const [name, { kind }] of listed) {
        const path = ["vars", "BINDINGS", name];
        const bound = deployment.bindings.find((binding) => binding.name === name);
        if (bound === undefined) {
          yield at(
            deployment,
            path,
            `BINDINGS lists ${name}, but there is no such binding`,
            `Add the binding ${name}, or remove it from BINDINGS.`,
          );
        } else if (bound.kind !== kind) {
          yield at(
            deployment,
            path,
            `BINDINGS says that ${name} is of kind ${JSON.stringify(kind)}, but it is bound as ${bound.kind}`,
            `Set "kind": "${bound.kind}" in BINDINGS.`,
          );
        }
      }
      for (const { name, kind, path } of deployment.bindings) {
        if (!["service", "durable-object", "queue", "ai"].includes(kind) || listed.has(name)) continue;
        const fix = `Add "${name}": { "kind": "${kind}" } to BINDINGS, or remove the binding.`;
        yield at(deployment, path, `${name} is not in BINDINGS, so it can't be reached`, fix, { severity: "note" });
      }
    }
  },
};

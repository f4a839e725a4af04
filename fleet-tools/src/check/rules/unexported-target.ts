import type { Finding, Rule } from "../finding.ts";
import { at } from "../finding.ts";
import type { Fleet } from "../../fleet.ts";
import { targetOf } from "../../targets.ts";

/** A binding to a Worker of the fleet that lacks the entrypoint or the class. */
export const unexportedTarget: Rule = {
  id: "unexported-target",
  severity: "error",
  title: "A binding names an entrypoint or class that its Worker does not export",
  cause:
    "Wrangler does not check the other Worker, so the deployment succeeds. Each call over the binding then throws, because the target has no such export. If the default export is missing, fetch does not throw: the request goes to the public host of its URL, including its credentials.",
  evidence: {
    basis: "measured",
    text: 'wrangler 4.164.0: deploy --dry-run shows env.ADMIN (orders#Admim) and exits with 0; dev of one process does not start: `refers to service "core:user:orders" with a named entrypoint "Admim", but "core:user:orders" has no such named entrypoint`; of two: each call throws `Worker does not export an entrypoint named "Admim"`',
  },
  *check(fleet: Fleet): Iterable<Finding> {
    for (const deployment of fleet.deployments) {
      for (const binding of deployment.bindings) {
        const { status, deployment: target } = targetOf(fleet, deployment, binding);
        if (status !== "not-exported" || binding.entrypoint === "default" || target === undefined) continue;
        const name = binding.className ?? (binding.entrypoint || "default");
        const exported = target.exports!.exports.map((each) => each.name);
        const field = binding.className !== undefined ? "class_name" : "entrypoint";
        yield at(
          deployment,
          name === "default" ? binding.path : [...binding.path, field],
          `${binding.name} is bound to ${name === "default" ? "the default export" : name} of ${target.worker}, which exports ${exported.join(", ") || "nothing"}`,
          name === "default"
            ? `Set "entrypoint" to one of the exports, or add a default export to ${target.worker}.`
            : `Use one of the names that ${target.worker} exports, or export ${name} from its main module.`,
        );
      }
    }
  },
};

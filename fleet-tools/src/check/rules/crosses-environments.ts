import type { Binding } from "../../bindings.ts";
import type { Deployment, Fleet } from "../../fleet.ts";
import { at, type Finding, type Rule } from "../finding.ts";

/** An environment that binds another environment's Worker, though the Worker has this environment too. */
export const crossesEnvironments: Rule = {
  id: "crosses-environments",
  severity: "warning",
  title: "An environment binds a Worker of another environment",
  cause:
    "Wrangler adds the environment to the Worker's own name, but not to the names of the Workers that it binds. If staging binds orders, it calls the top-level Worker orders and its data, not orders-staging.",
  evidence: {
    basis: "measured",
    text: "wrangler 4.164.0: deploy --dry-run -e staging shows env.ORDERS (orders); no suffix is added",
  },
  *check(fleet: Fleet): Iterable<Finding> {
    for (const deployment of fleet.deployments) {
      if (deployment.environment === undefined) continue;
      for (const binding of deployment.bindings) {
        const meant = counterpart(fleet, deployment, binding);
        if (meant === undefined) continue;
        yield at(
          deployment,
          [...binding.path, binding.kind === "service" || binding.kind === "tail" ? "service" : "script_name"],
          `${deployment.environment} binds ${binding.worker}, although there is a ${meant.worker}`,
          `Bind ${meant.worker}, or ignore this finding if the environments share ${binding.worker}.`,
        );
      }
    }
  },
};

/** The Worker that the target's project deploys for the environment, if the binding leads to one of its others. */
function counterpart(fleet: Fleet, { environment, project }: Deployment, binding: Binding): Deployment | undefined {
  const target = binding.elsewhere && binding.worker !== undefined ? fleet.named(binding.worker, project) : undefined;
  if (target === undefined || target.environment === environment || target.project === project) return undefined;
  const own = target.project.deployments.find((each) => each.environment === environment);
  return own?.worker === target.worker ? undefined : own;
}

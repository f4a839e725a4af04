import type { Fleet } from "../../fleet.ts";
import { targetOf } from "../../targets.ts";
import { at, type Finding, type Rule } from "../finding.ts";

/** `"entrypoint": "default"`, which runs deployed and not locally. */
export const entrypointDefault: Rule = {
  id: "entrypoint-default",
  severity: "warning",
  title: 'A service binding has "entrypoint": "default"',
  cause:
    'A binding without "entrypoint" uses the default export. With "default", workerd and wrangler dev look for a named export of that name, and fail. Deployed, it is reported to work, and to repair bindings to Workers that export Durable Objects; we could not reproduce that those are broken.',
  evidence: {
    basis: "measured",
    text: 'wrangler 4.164.0: deploy --dry-run prints no warning; dev: `Worker does not export an entrypoint named "default"`, and in one process it does not start. Deployed: reported by an article (April 2026) to work',
  },
  *check(fleet: Fleet): Iterable<Finding> {
    for (const deployment of fleet.deployments) {
      for (const binding of deployment.bindings) {
        if (binding.kind !== "service" || binding.entrypoint !== "default") continue;
        const { deployment: target } = targetOf(fleet, deployment, binding);
        yield at(
          deployment,
          [...binding.path, "entrypoint"],
          `${binding.name} binds "default" of ${target?.worker ?? binding.worker}: refused by wrangler dev, reported to work when deployed`,
          'Remove "entrypoint". If a deployed binding only works with it, keep it in an environment that you do not run locally.',
        );
      }
    }
  },
};

import type { Fleet } from "../../fleet.ts";
import { targetOf } from "../../targets.ts";
import { at, type Finding, type Rule } from "../finding.ts";

/** `"entrypoint": "default"`, which runs deployed and not locally. */
export const entrypointDefault: Rule = {
  id: "entrypoint-default",
  severity: "warning",
  title: 'A service binding says "entrypoint": "default"',
  cause:
    'The default export is bound by leaving "entrypoint" out. Written as "default" it is refused locally: workerd and wrangler dev look for an export of that name among the named ones. It is reported to work when deployed, and to cure bindings to Workers that export Durable Objects; that those need a cure was not reproduced.',
  evidence: {
    basis: "measured",
    text: 'wrangler 4.164.0: deploy --dry-run says nothing; dev: `Worker does not export an entrypoint named "default"`, and in one process it does not start. Deployed: reported by an article (April 2026) to work',
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
          'Leave "entrypoint" out. If a deployed binding is cured by it, keep it in an environment that is not run locally.',
        );
      }
    }
  },
};

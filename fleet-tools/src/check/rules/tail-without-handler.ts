import type { Fleet } from "../../fleet.ts";
import { targetOf } from "../../targets.ts";
import { at, type Finding, type Rule } from "../finding.ts";
import { lacks } from "../handlers.ts";

/** A tail consumer whose Worker has no tail handler. */
export const tailWithoutHandler: Rule = {
  id: "tail-without-handler",
  severity: "error",
  title: "A tail consumer has no tail handler",
  cause:
    "Wrangler does not check the other Worker. A Worker without tail() is called for each event, but does not handle it.",
  evidence: {
    basis: "documented",
    text: "developers.cloudflare.com/workers/observability/logs/tail-workers: the Worker has a tail() handler. wrangler 4.164.0: deploy --dry-run prints no warning",
  },
  *check(fleet: Fleet): Iterable<Finding> {
    for (const deployment of fleet.deployments) {
      for (const binding of deployment.bindings) {
        const target = binding.kind === "tail" ? targetOf(fleet, deployment, binding).deployment : undefined;
        if (target === undefined || !lacks(target, ["tail", "tailStream"])) continue;
        yield at(
          deployment,
          [...binding.path, "service"],
          `${target.worker} has no tail handler`,
          `Add tail(events) to the default export of ${target.worker}, or name a Worker that has it.`,
        );
      }
    }
  },
};

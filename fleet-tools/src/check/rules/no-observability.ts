import type { Fleet } from "../../fleet.ts";
import { at, type Finding, type Rule } from "../finding.ts";
import { isPages } from "../project-kind.ts";

/** A Worker whose logs are not kept. */
export const noObservability: Rule = {
  id: "no-observability",
  severity: "note",
  title: "The Worker's logs are not kept",
  cause: "Without observability, logpush or a tail consumer, logs and errors are there only while wrangler tail runs.",
  evidence: { basis: "documented", text: "developers.cloudflare.com/workers/observability/logs/workers-logs" },
  *check(fleet: Fleet): Iterable<Finding> {
    for (const deployment of fleet.deployments) {
      const { main, observability, logpush, tail_consumers } = deployment.config;
      const kept = observability !== undefined || logpush === true || (tail_consumers?.length ?? 0) > 0;
      if (kept || main === undefined || isPages(deployment.project)) continue;
      yield at(deployment, ["observability"], "There is no observability", 'Add "observability": { "enabled": true }.');
    }
  },
};

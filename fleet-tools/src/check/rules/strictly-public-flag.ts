import type { Fleet } from "../../fleet.ts";
import { textsOf } from "../../loose.ts";
import { at, type Finding, type Rule } from "../finding.ts";
import { servedAt } from "../hosts.ts";
import { sourcesOf } from "../source.ts";

const FLAG = "global_fetch_strictly_public";

/** `global_fetch_strictly_public` for calls that a service binding would make. */
export const strictlyPublicFlag: Rule = {
  id: "strictly-public-flag",
  severity: "note",
  title: "global_fetch_strictly_public is set for calls that a service binding could make",
  cause:
    "With this flag, every fetch of the Worker goes over the public internet, also to its own zone. A service binding does not need the flag or a public host, and is not billed as a request.",
  evidence: {
    basis: "documented",
    text: "developers.cloudflare.com/workers/configuration/compatibility-flags. workerd 1.20261117.1: off at every date, on by the flag alone",
  },
  *check(fleet: Fleet): Iterable<Finding> {
    for (const deployment of fleet.deployments) {
      const { config, project } = deployment;
      const index = textsOf(config.compatibility_flags).indexOf(FLAG);
      if (index < 0) continue;
      const called = sourcesOf(deployment).flatMap(({ fetches }) =>
        fetches.flatMap((url) => {
          const served = servedAt(fleet, url, config.vars);
          return served === undefined || served.deployment.project === project ? [] : [served.deployment.worker];
        }),
      );
      if (called.length === 0) continue;
      const names = [...new Set(called)].join(", ");
      yield at(
        deployment,
        ["compatibility_flags", index],
        `${FLAG} is set, and ${names} ${new Set(called).size > 1 ? "are" : "is"} fetched by host`,
        `Add service bindings for ${names}, and remove the flag if nothing else needs it.`,
      );
    }
  },
};

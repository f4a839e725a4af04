import type { Deployment, Fleet } from "../../fleet.ts";
import { textsOf } from "../../loose.ts";
import type { Finding, Rule, Severity } from "../finding.ts";
import { servedAt, type Served } from "../hosts.ts";
import { sourcesOf } from "../source.ts";

/** A fetch that reaches another Worker of the fleet by its host. */
export const fetchOfFleetHost: Rule = {
  id: "fetch-of-fleet-host",
  severity: "warning",
  title: "A Worker calls another Worker of the fleet by its host name",
  cause:
    "Between Workers of one account, a fetch of a workers.dev host ends in error 1042, unless the caller has the flag global_fetch_strictly_public. A fetch of a route in the caller's own zone bypasses the Worker and goes to the origin. A custom domain works, but the request goes through the public host. A service binding avoids all of this.",
  evidence: {
    basis: "documented",
    text: "developers.cloudflare.com/workers/observability/errors (1042) and /workers/configuration/compatibility-flags. Reported by two articles. workerd has no workers.dev and no zones, so this can't be measured locally",
  },
  *check(fleet: Fleet): Iterable<Finding> {
    for (const deployment of fleet.deployments) {
      for (const { file, fetches } of sourcesOf(deployment)) {
        for (const { position, ...url } of fetches) {
          const served = servedAt(fleet, url, deployment.config.vars);
          if (served === undefined) continue;
          const own = served.deployment.project === deployment.project;
          // What a Worker's own route or domain leads to depends on the zone's DNS: often the origin, as it should.
          if (own && served.by !== "workers.dev") continue;
          const from = url.variable === undefined ? "" : ` (vars.${url.variable})`;
          yield {
            file,
            position,
            message: `${served.host}${from} is ${own ? "this Worker itself" : served.deployment.worker}, by ${served.by}`,
            fix: own ? "Call the function directly." : advice(deployment, served),
            severity: severityOf(deployment, served),
          };
        }
      }
    }
  },
};

function severityOf({ config }: Deployment, { by }: Served): Severity {
  return by === "workers.dev" && !textsOf(config.compatibility_flags).includes("global_fetch_strictly_public")
    ? "warning"
    : "note";
}

function advice({ bindings }: Deployment, { deployment: { worker } }: Served): string {
  const bound = bindings.find(
    ({ kind, worker: name, entrypoint }) => kind === "service" && name === worker && !entrypoint,
  );
  if (bound !== undefined) return `Call env.${bound.name}.fetch(…) instead, which is already bound.`;
  const name = worker.toUpperCase().replaceAll(/[^A-Z0-9]/g, "_");
  return `Bind it, { "binding": "${name}", "service": "${worker}" }, and call env.${name}.fetch(…).`;
}

import type { Deployment, Fleet } from "../../fleet.ts";
import type { ConfigPath } from "../../source-position.ts";
import { at, type Finding, type Rule } from "../finding.ts";
import { lacks } from "../handlers.ts";

/** A Worker with routes, crons or queues, whose default export can't serve them. */
export const missingHandler: Rule = {
  id: "missing-handler",
  severity: "error",
  title: "The default export has no handler for a route, cron trigger or queue",
  cause:
    "Requests, cron triggers and queues call fetch, scheduled and queue of the default export. Wrangler deploys a Worker without them, and each event then fails.",
  evidence: {
    basis: "measured",
    text: "wrangler 4.164.0: deploy --dry-run does not report a missing default export or handler. workerd 1.20261117.1: `Handler does not export a fetch() function.`",
  },
  *check(fleet: Fleet): Iterable<Finding> {
    for (const deployment of fleet.deployments) {
      for (const [path, handler, what] of events(deployment)) {
        if (!lacks(deployment, [handler])) continue;
        const hasDefault = deployment.exports?.exports.some(({ name }) => name === "default");
        yield at(
          deployment,
          path,
          hasDefault
            ? `The default export has no ${handler}(), although ${what} it`
            : `There is no default export with ${handler}(), although ${what} it`,
          `Add ${handler}() to the default export, or remove this entry.`,
        );
      }
    }
  },
};

function* events({ config }: Deployment): Iterable<readonly [ConfigPath, string, string]> {
  const routes = config.routes?.length ? ["routes"] : config.route === undefined ? undefined : ["route"];
  if (routes !== undefined && config.assets === undefined) yield [routes, "fetch", "the routes need"];
  if (config.triggers?.crons?.length) yield [["triggers", "crons"], "scheduled", "the cron triggers call"];
  if (config.queues?.consumers?.some(({ type }) => (type as string) !== "http_pull"))
    yield [["queues", "consumers"], "queue", "the queue calls"];
}

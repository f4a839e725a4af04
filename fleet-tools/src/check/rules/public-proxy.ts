import type { Fleet } from "../../fleet.ts";
import { at, type Finding, type Rule } from "../finding.ts";
import { isProxy } from "../../proxy/entries.ts";

/** A binding proxy with a public host that nobody asked for. */
export const publicProxy: Rule = {
  id: "public-proxy",
  severity: "warning",
  title: "A binding proxy is reachable on workers.dev or preview URLs",
  cause:
    "Each host gives access to the same bindings, and Access or firewall rules on the custom domain don't apply to it. workers_dev is on by default if there are no routes; preview URLs follow it.",
  evidence: {
    basis: "documented",
    text: "developers.cloudflare.com/workers/configuration/routing/workers-dev and /workers/configuration/previews",
  },
  *check(fleet: Fleet): Iterable<Finding> {
    for (const deployment of fleet.deployments) {
      if (!isProxy(deployment)) continue;
      const { workers_dev, preview_urls, route, routes } = deployment.config;
      const routed = route !== undefined || (routes?.length ?? 0) > 0;
      if (workers_dev ?? !routed)
        yield at(
          deployment,
          ["workers_dev"],
          "workers.dev is on for this binding proxy",
          'Set "workers_dev": false, and add a custom domain.',
        );
      if (preview_urls === true)
        yield at(
          deployment,
          ["preview_urls"],
          "Preview URLs are on for this binding proxy",
          'Set "preview_urls": false.',
        );
    }
  },
};

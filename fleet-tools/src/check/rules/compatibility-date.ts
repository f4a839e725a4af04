import type { Fleet } from "../../fleet.ts";
import { at, type Finding, type Rule } from "../finding.ts";
import { isForTests, isPages } from "../project-kind.ts";

/** No compatibility date. */
export const missingDate: Rule = {
  id: "missing-date",
  severity: "warning",
  title: "The compatibility_date is missing",
  cause:
    "Wrangler refuses to deploy without one, unless you pass it on the command line. wrangler dev uses the newest date that it knows, so each update of wrangler may change what runs locally.",
  evidence: {
    basis: "measured",
    text: "wrangler 4.164.0: deploy --dry-run exits with 1: A compatibility_date is required when uploading a Worker.",
  },
  *check(fleet: Fleet): Iterable<Finding> {
    for (const deployment of fleet.deployments) {
      const { config, project } = deployment;
      if (
        config.compatibility_date !== undefined ||
        config.main === undefined ||
        isPages(project) ||
        isForTests(fleet, project)
      )
        continue;
      yield at(
        deployment,
        ["compatibility_date"],
        "compatibility_date is missing",
        `Add "compatibility_date": "${today()}".`,
      );
    }
  },
};

/** A compatibility date that is still to come. */
export const futureDate: Rule = {
  id: "future-date",
  severity: "error",
  title: "The compatibility_date is in the future",
  cause: "The runtime refuses a date after today, or more than seven days after its own build date.",
  evidence: {
    basis: "measured",
    text: 'wrangler 4.164.0: deploy --dry-run prints no warning; dev: Compatibility date "2099-01-01" is in the future and unsupported. workerd 1.20261117.1: This Worker requires compatibility date "2026-11-28", but the newest date supported by this server binary is "2026-11-24".',
  },
  *check(fleet: Fleet): Iterable<Finding> {
    for (const deployment of fleet.deployments) {
      const date: unknown = deployment.config.compatibility_date;
      if (typeof date !== "string" || !/^\d{4}-\d\d-\d\d$/.test(date) || date <= today()) continue;
      yield at(deployment, ["compatibility_date"], `${date} is in the future`, `Use ${today()} or an earlier date.`);
    }
  },
};

function today(): string {
  return new Date().toISOString().slice(0, 10);
}

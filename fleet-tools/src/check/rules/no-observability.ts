import type { Deployment, Fleet } from "../../fleet.ts";
import { at, type Finding, type Rule } from "../finding.ts";
import { isForTests, isPages } from "../project-kind.ts";

/** A Worker whose logs are not kept. */
export const noObservability: Rule = {
  id: "no-observability",
  severity: "note",
  title: "Logs are not stored",
  cause:
    "Without observability, logpush or a tail consumer, logs and errors are only visible while wrangler tail runs.",
  evidence: { basis: "documented", text: "developers.cloudflare.com/workers/observability/logs/workers-logs" },
  *check(fleet: Fleet): Iterable<Finding> {
    // One finding for all, since a fleet mostly has it nowhere.
    const without = fleet.deployments.filter((deployment) => keepsNothing(fleet, deployment));
    const [first] = without;
    if (first === undefined) return;
    const names = [...new Set(without.map(({ project, worker }) => worker || project.file))];
    const some = `${names.slice(0, 5).join(", ")}${names.length > 5 ? `, and ${names.length - 5} more` : ""}`;
    yield at(
      first,
      ["observability"],
      `No observability: ${some}`,
      'Add "observability": { "enabled": true } to each of them.',
    );
  },
};

function keepsNothing(fleet: Fleet, { config, project }: Deployment): boolean {
  const { main, observability, logpush, tail_consumers } = config;
  const kept = observability !== undefined || logpush === true || (tail_consumers?.length ?? 0) > 0;
  return !kept && main !== undefined && !isPages(project) && !isForTests(fleet, project);
}

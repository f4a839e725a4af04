import type { Deployment, Fleet } from "../../fleet.ts";
import { at, shown, type Finding, type Rule } from "../finding.ts";
import { isForTests, isPages } from "../project-kind.ts";

/** Two Workers of one name. */
export const duplicateWorker: Rule = {
  id: "duplicate-worker",
  severity: "warning",
  title: "Two configurations deploy a Worker with the same name",
  cause:
    "In one account, the later deployment replaces the earlier one, and bindings to that name reach whichever was deployed last.",
  evidence: {
    basis: "documented",
    text: "developers.cloudflare.com/workers/wrangler/configuration: name is the Worker's identity. wrangler 4.164.0: deploy --dry-run prints no warning",
  },
  *check(fleet: Fleet): Iterable<Finding> {
    const byName = new Map<string, Deployment[]>();
    for (const deployment of fleet.deployments) {
      const { worker, project } = deployment;
      if (!/^[\w-]+$/.test(worker) || isForTests(fleet, project)) continue;
      const earlier = byName.get(worker) ?? [];
      byName.set(worker, [...earlier, deployment]);
      const same = earlier.find((each) => collide(each, deployment));
      if (same === undefined) continue;
      const other = same.project === project ? `env.${same.environment}` : shown(same.project.file);
      yield at(
        deployment,
        ["name"],
        `${worker} is also deployed by ${other}`,
        "Rename one of them, unless they are deployed to different accounts.",
      );
    }
  },
};

/** Within a file, an environment may take the name of the top level, which is then not deployed by itself. */
function collide(first: Deployment, second: Deployment): boolean {
  if (isPages(first.project) !== isPages(second.project)) return false;
  return first.project !== second.project || (first.environment !== undefined && second.environment !== undefined);
}

import { relative } from "node:path";
import type { Fleet } from "../../fleet.ts";
import { at, type Finding, type Rule } from "../finding.ts";
import { isForTests, isPages } from "../project-kind.ts";

/** Two Workers of one name. */
export const duplicateWorker: Rule = {
  id: "duplicate-worker",
  severity: "warning",
  title: "Two configurations deploy a Worker of the same name",
  cause:
    "In one account the later deployment replaces the earlier one, and bindings of that name lead to whichever it is.",
  evidence: {
    basis: "documented",
    text: "developers.cloudflare.com/workers/wrangler/configuration: name is the Worker's identity. wrangler 4.164.0: deploy --dry-run says nothing",
  },
  *check(fleet: Fleet): Iterable<Finding> {
    for (const deployment of fleet.deployments) {
      const first = fleet.named(deployment.worker);
      if (deployment.worker === "" || first === undefined || first === deployment) continue;
      if (isPages(deployment.project) !== isPages(first.project)) continue;
      // A configuration for tests is not deployed beside the one that it stands for.
      const files = [deployment, first].map(({ project }) => project.file) as [string, string];
      if (isForTests(files[0], files[1]) || isForTests(files[1], files[0])) continue;
      const other =
        first.project === deployment.project
          ? first.environment === undefined
            ? "the top level"
            : `env.${first.environment}`
          : relative(process.cwd(), first.project.file);
      yield at(
        deployment,
        ["name"],
        `${deployment.worker} is deployed by ${other} too`,
        "Give one of them another name, unless they go to different accounts.",
      );
    }
  },
};

import { basename, relative, dirname } from "node:path";
import type { Fleet } from "../../fleet.ts";
import { inFile, type Finding, type Rule } from "../finding.ts";
import { isForTests } from "../project-kind.ts";

/** A configuration further up that wrangler prefers to the one of the folder. */
export const shadowedConfig: Rule = {
  id: "shadowed-config",
  severity: "warning",
  title: "A configuration further up is used in place of this one",
  cause:
    "Wrangler looks for wrangler.json in all folders upwards before it looks for wrangler.jsonc, and for that before wrangler.toml. So a file of a preferred name further up wins over the one of the current folder, unless --config is given.",
  evidence: {
    basis: "measured",
    text: "wrangler 4.86.0 and 4.164.0: with wrangler.json in the parent and wrangler.toml here, deploy --dry-run reads the parent's, without a warning",
  },
  *check(fleet: Fleet): Iterable<Finding> {
    for (const project of fleet.projects) {
      const { shadowedBy, file } = project.folder;
      if (shadowedBy === undefined || project.file !== file || isForTests(fleet, project)) continue;
      const other = relative(dirname(file), shadowedBy);
      yield inFile(
        project,
        [],
        `wrangler reads ${other} in this folder, not ${basename(file)}`,
        `Name it ${basename(shadowedBy)}, or give it by --config ${basename(file)} in every command.`,
      );
    }
  },
};

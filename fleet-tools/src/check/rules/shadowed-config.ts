import { basename, relative, dirname } from "node:path";
import type { Fleet } from "../../fleet.ts";
import { inFile, type Finding, type Rule } from "../finding.ts";
import { isForTests } from "../project-kind.ts";

/** A configuration further up that wrangler prefers to the one of the folder. */
export const shadowedConfig: Rule = {
  id: "shadowed-config",
  severity: "warning",
  title: "A configuration in a parent folder is used instead of this one",
  cause:
    "Wrangler looks for wrangler.json in this folder and all its parents before it looks for wrangler.jsonc, and then for wrangler.toml. A file with a preferred name in a parent folder beats the one in the current folder, unless you pass --config.",
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
        `In this folder, wrangler reads ${other} instead of ${basename(file)}`,
        `Rename it to ${basename(shadowedBy)}, or pass --config ${basename(file)} to every command.`,
      );
    }
  },
};

import { basename } from "node:path";
import type { Fleet } from "../../fleet.ts";
import { inFile, type Finding, type Rule } from "../finding.ts";

/** Two configurations in one folder. */
export const ignoredConfig: Rule = {
  id: "ignored-config",
  severity: "warning",
  title: "A folder contains several wrangler configurations",
  cause: "Wrangler uses wrangler.json, else wrangler.jsonc, else wrangler.toml, and does not mention the others.",
  evidence: {
    basis: "measured",
    text: "wrangler 4.86.0 and 4.164.0: deploy --dry-run takes the first of them, without a warning",
  },
  *check(fleet: Fleet): Iterable<Finding> {
    for (const project of fleet.projects) {
      for (const file of project.folder.ignored) {
        const name = basename(file);
        yield inFile(
          project,
          [],
          `${basename(project.folder.file)} is used, and ${name} beside it is ignored`,
          `Delete ${name}, or rename it and pass it with --config.`,
        );
      }
    }
  },
};

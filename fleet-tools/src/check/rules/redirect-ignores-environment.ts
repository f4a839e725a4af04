import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { parse } from "jsonc-parser";
import type { Fleet } from "../../fleet.ts";
import { recordOf } from "../../loose.ts";
import { positionsIn } from "../../source-position.ts";
import type { Finding, Rule } from "../finding.ts";

/** Environments of a configuration that a build has replaced by another. */
export const redirectIgnoresEnvironment: Rule = {
  id: "redirect-ignores-environment",
  severity: "warning",
  title: "A built configuration is deployed and --env is ignored",
  cause:
    "A build left .wrangler/deploy/config.json, so wrangler deploys the configuration that it points to. That configuration has no environments: --env and CLOUDFLARE_ENV are ignored, unless it names the environment that it was built for.",
  evidence: {
    basis: "measured",
    text: "wrangler 4.86.0 and 4.164.0: with a redirected configuration without targetEnvironment, deploy --dry-run -e staging prints only `Using redirected Wrangler configuration.`",
  },
  *check(fleet: Fleet): Iterable<Finding> {
    for (const project of fleet.projects) {
      const { file: own, redirected } = project.folder;
      if (!redirected || project.file === own || !/wrangler\.jsonc?$/.test(own)) continue;
      if (recordOf(project.raw)["targetEnvironment"] !== undefined) continue;
      const text = readFileSync(own, "utf8");
      const environments = Object.keys(recordOf(recordOf(parse(text))["env"]));
      if (environments.length === 0) continue;
      yield {
        file: own,
        position: positionsIn(text, "jsonc").at(["env"]),
        message: `--env ${environments.join(", ")} is ignored as long as ${basename(project.file)} of the build exists`,
        fix: "Set the environment for the build (CLOUDFLARE_ENV) instead of wrangler deploy, or remove .wrangler/deploy.",
      };
    }
  },
};

import type { Deployment, Fleet } from "../../fleet.ts";
import { pathInFile } from "../../fleet.ts";
import { textsOf } from "../../loose.ts";
import { FLAGS, WORKERD } from "../compatibility-flags.ts";
import { at, type Finding, type Rule } from "../finding.ts";

const byName = new Map(
  FLAGS.flatMap((flag) => [[flag.enable, flag] as const, [flag.disable ?? flag.enable, flag] as const]),
);

/** Flags that wrangler itself reads, whatever the runtime makes of them. */
const OF_WRANGLER = /^(no_)?nodejs_|^python_workers/;

/** A flag that the runtime refuses. */
export const refusedFlag: Rule = {
  id: "refused-flag",
  severity: "error",
  title: "The runtime refuses a compatibility flag",
  cause:
    "Wrangler does not check flags. The runtime refuses an unknown flag, a flag that appears twice, and two flags that contradict each other.",
  evidence: {
    basis: "measured",
    text: `wrangler 4.164.0: deploy --dry-run prints no warning. workerd ${WORKERD} exits with 1: No such compatibility flag: no_such_flag; Compatibility flag specified multiple times: …; Compatibility flags are mutually contradictory: global_fetch_strictly_public vs global_fetch_private_origin`,
  },
  *check(fleet: Fleet): Iterable<Finding> {
    for (const deployment of fleet.deployments) {
      for (const [index, flag] of flagsOf(deployment).entries()) {
        const path = ["compatibility_flags", index];
        const earlier = flagsOf(deployment).slice(0, index);
        const known = byName.get(flag);
        if (known === undefined) {
          yield at(
            deployment,
            path,
            `workerd ${WORKERD} does not know the flag ${flag}`,
            "Correct the name of the flag, or remove it.",
          );
        } else if (earlier.includes(flag)) {
          const edits = [{ remove: pathInFile(deployment, path) }];
          yield at(deployment, path, `${flag} appears twice`, "Remove one of them.", { edits });
        } else {
          const opposite = flag === known.enable ? known.disable : known.enable;
          if (opposite === undefined || !earlier.includes(opposite)) continue;
          yield at(deployment, path, `${flag} contradicts ${opposite}`, "Keep one of them.");
        }
      }
    }
  },
};

/** A flag that is on without being written. */
export const defaultFlag: Rule = {
  id: "default-flag",
  severity: "note",
  title: "A compatibility flag is already the default at this compatibility date",
  cause: "The flag has no effect. Some versions of workerd, and therefore of wrangler dev, refuse to start with it.",
  evidence: {
    basis: "measured",
    text: `workerd 1.20260426.1 exits with 1, workerd ${WORKERD} prints the same and starts: The compatibility flag brotli_content_encoding became the default as of 2024-04-29 so does not need to be specified anymore.`,
  },
  *check(fleet: Fleet): Iterable<Finding> {
    for (const deployment of fleet.deployments) {
      const date: unknown = deployment.config.compatibility_date;
      if (typeof date !== "string") continue;
      const flags = flagsOf(deployment);
      for (const [index, flag] of flags.entries()) {
        const since = byName.get(flag)?.enable === flag ? byName.get(flag)?.since : undefined;
        if (since === undefined || since > date || OF_WRANGLER.test(flag) || flags.indexOf(flag) !== index) continue;
        const path = ["compatibility_flags", index];
        yield at(deployment, path, `${flag} is the default since ${since}`, "Remove it.", {
          edits: [{ remove: pathInFile(deployment, path) }],
        });
      }
    }
  },
};

function flagsOf({ config }: Deployment): string[] {
  return textsOf(config.compatibility_flags);
}

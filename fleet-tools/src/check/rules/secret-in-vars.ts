import type { Fleet } from "../../fleet.ts";
import { recordOf } from "../../loose.ts";
import { at, type Finding, type Rule } from "../finding.ts";

const SECRET_NAME =
  /(^|_)(TOKEN|SECRET|PASSWORD|PASSWD|API_?KEY|PRIVATE_?KEY|SECRET_?KEY|ACCESS_?KEY|SIGNING_?KEY|ENCRYPTION_?KEY)$/i;
const PUBLIC_NAME = /PUBLIC|PUBLISHABLE|SITE_?KEY|(^|_)ANON_|MEASUREMENT|MAPBOX/i;
const PLACEHOLDER =
  /^(your|my|test|dev|dummy|fake|example|sample|change|replace|todo|local|insert|placeholder|xxx|secret|<|\$|\{)|[-_ ](here|me|test|dev)$|1234|abcdef|\.\.\.|\*\*\*/i;
const PUBLIC_VALUE = /^(pk_|pk\.|https?:|sk_test_)/;

/** What looks like a secret, in a file that is committed. */
export const secretInVars: Rule = {
  id: "secret-in-vars",
  severity: "warning",
  title: "A variable looks like a secret",
  cause:
    "vars are in a file that is committed, are shown in the dashboard and are uploaded in plain text. A secret is set by wrangler secret put, and by .dev.vars locally.",
  evidence: {
    basis: "documented",
    text: "developers.cloudflare.com/workers/configuration/secrets: do not use vars to store sensitive information",
  },
  *check(fleet: Fleet): Iterable<Finding> {
    for (const deployment of fleet.deployments) {
      for (const [name, value] of Object.entries(recordOf(deployment.config.vars))) {
        if (!SECRET_NAME.test(name) || PUBLIC_NAME.test(name) || !isRandom(value)) continue;
        yield at(
          deployment,
          ["vars", name],
          `${name} looks like a secret`,
          `Replace it if it was ever used, remove it from vars, and run: npx wrangler secret put ${name}`,
        );
      }
    }
  },
};

/** Whether a value is long and mixed, as keys are: not a word, a placeholder or an address. Never printed. */
function isRandom(value: unknown): boolean {
  if (typeof value !== "string" || value.length < 16 || /\s/.test(value)) return false;
  return /[a-z]/i.test(value) && /\d/.test(value) && !PLACEHOLDER.test(value) && !PUBLIC_VALUE.test(value);
}

import type { Fleet } from "../../fleet.ts";
import { entriesOf, recordOf } from "../../loose.ts";
import { at, type Finding, type Rule } from "../finding.ts";

const SECRET_NAME =
  /(^|_)(TOKEN|SECRET|PASSWORD|PASSWD|API_?KEY|PRIVATE_?KEY|SECRET_?KEY|ACCESS_?KEY|SIGNING_?KEY|ENCRYPTION_?KEY)$/i;
const PUBLIC_NAME = /PUBLIC|PUBLISHABLE|SITE_?KEY|(^|_)ANON_|MEASUREMENT|MAPBOX/i;
const PLACEHOLDER =
  /^(your|my|test|dev|dummy|fake|example|sample|change|replace|todo|local|insert|placeholder|xxx|secret|<|\$|\{)|[-_ ](here|me|test|dev)$|1234|abcdef|\.\.\.|\*\*\*/i;
const PUBLIC_VALUE = /^(pk_|pk\.|https?:|sk_test_)/;
/** The password and the host of a URL such as that of a database. */
const CREDENTIALS = /^[a-z][a-z+]*:\/\/[^:/@\s]*:([^@/\s]+)@([^:/?\s]+)/i;
const LOCAL_HOST =
  /^(localhost|127\.|0\.0\.0\.0|\[|host\.docker\.|[^.]+$|.*\.(local|internal|test|example|example\.com)$)/i;

/** What looks like a secret, in a file that is committed. */
export const secretInConfig: Rule = {
  id: "secret-in-config",
  severity: "warning",
  title: "A value in the configuration looks like a secret",
  cause:
    "The configuration is usually committed, and vars are uploaded and shown in the dashboard as plain text. Set a secret with wrangler secret put, and locally in .dev.vars; set a local connection string of Hyperdrive with `CLOUDFLARE_HYPERDRIVE_LOCAL_CONNECTION_STRING_<BINDING>`. This report does not show the value.",
  evidence: {
    basis: "documented",
    text: "developers.cloudflare.com/workers/configuration/secrets: do not use vars to store sensitive information; /hyperdrive/configuration/local-development",
  },
  *check(fleet: Fleet): Iterable<Finding> {
    for (const deployment of fleet.deployments) {
      const { vars, hyperdrive } = deployment.config;
      for (const [name, value] of Object.entries(recordOf(vars))) {
        const named = SECRET_NAME.test(name) && !PUBLIC_NAME.test(name) && isRandom(value);
        if (!named && !hasPassword(value)) continue;
        const fix = `Replace the secret if it was ever used, remove it from vars, and run: npx wrangler secret put ${name}`;
        yield at(
          deployment,
          ["vars", name],
          `${name} ${named ? "looks like a secret" : "is a URL with a password"}`,
          fix,
        );
      }
      for (const [index, { binding, localConnectionString }] of entriesOf(hyperdrive).entries()) {
        if (!hasPassword(localConnectionString)) continue;
        yield at(
          deployment,
          ["hyperdrive", index, "localConnectionString"],
          `The local connection string of ${binding} has a password and is not that of a local database`,
          `Replace the password if it was ever used, and set CLOUDFLARE_HYPERDRIVE_LOCAL_CONNECTION_STRING_${binding} in the environment instead.`,
        );
      }
    }
  },
};

/** Whether a value is long and mixed, as keys are: not a word, a placeholder or an address. */
function isRandom(value: unknown): boolean {
  if (typeof value !== "string" || value.length < 16 || /\s/.test(value)) return false;
  return /[a-z]/i.test(value) && /\d/.test(value) && !PLACEHOLDER.test(value) && !PUBLIC_VALUE.test(value);
}

/** Whether a value is a URL with a password for a host that is not this machine. */
function hasPassword(value: unknown): boolean {
  const [, password = "", host = ""] = typeof value === "string" ? (CREDENTIALS.exec(value) ?? []) : [];
  return (
    password.length >= 8 && !PLACEHOLDER.test(password) && !/^pass(word)?$/i.test(password) && !LOCAL_HOST.test(host)
  );
}

import type { Deployment, Fleet } from "../../fleet.ts";
import { pathInFile } from "../../fleet.ts";
import { entriesOf } from "../../loose.ts";
import type { ConfigPath } from "../../source-position.ts";
import { at, type Finding, type Rule } from "../finding.ts";

const SERVICE = ["binding", "service", "environment", "entrypoint", "props", "remote", "dev", "cross_account_grant"];

/** A key within a service binding that wrangler doesn't know, or one that it doesn't use. */
export const unknownKey: Rule = {
  id: "unknown-key",
  severity: "error",
  title: "A key of a binding has no effect",
  cause:
    'Wrangler warns about unknown keys at the top level, but not inside an entry of services: "entryPoint" is ignored, and the default export is bound. "environment" was for service environments, which no longer exist.',
  evidence: {
    basis: "measured",
    text: 'wrangler 4.86.0 and 4.164.0: deploy --dry-run with "entryPoint": "Admin" shows env.ADMIN (orders), with "environment": "production" the same, without a warning',
  },
  *check(fleet: Fleet): Iterable<Finding> {
    for (const deployment of fleet.deployments) {
      for (const [entry, path] of entries(deployment)) {
        for (const key of Object.keys(entry)) {
          if (key === "environment") {
            yield at(
              deployment,
              [...path, key],
              "environment has no effect",
              "Set service or script_name to the environment's own Worker, such as orders-staging.",
              {
                severity: "warning",
                edits: [{ remove: pathInFile(deployment, [...path, key]) }],
              },
            );
          } else if (path[0] === "services" && !SERVICE.includes(key)) {
            const meant = SERVICE.find((each) => plain(each) === plain(key));
            const fix =
              meant === undefined
                ? `Remove it. Wrangler accepts: ${SERVICE.slice(0, -1).join(", ")}.`
                : `Use ${meant}.`;
            yield at(
              deployment,
              [...path, key],
              `${key} is not a key of this binding and is ignored`,
              fix,
              meant === undefined ? { severity: "warning" } : {},
            );
          }
        }
      }
    }
  },
};

function* entries({ config }: Deployment): Iterable<readonly [object, ConfigPath]> {
  for (const [index, entry] of entriesOf(config.services).entries()) yield [entry, ["services", index]];
  for (const [index, entry] of entriesOf(config.durable_objects?.bindings).entries())
    yield [entry, ["durable_objects", "bindings", index]];
}

function plain(key: string): string {
  return key.toLowerCase().replaceAll(/[_-]/g, "");
}

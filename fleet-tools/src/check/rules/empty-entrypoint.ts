import type { Fleet } from "../../fleet.ts";
import { pathInFile } from "../../fleet.ts";
import { at, type Finding, type Rule } from "../finding.ts";

/** `"entrypoint": ""`, which binds the default export. */
export const emptyEntrypoint: Rule = {
  id: "empty-entrypoint",
  severity: "note",
  title: "A service binding has an empty entrypoint",
  cause: "Wrangler silently binds the default export.",
  evidence: {
    basis: "measured",
    text: 'wrangler 4.86.0 and 4.164.0: deploy --dry-run with "entrypoint": "" shows env.ORDERS (orders)',
  },
  *check(fleet: Fleet): Iterable<Finding> {
    for (const deployment of fleet.deployments) {
      for (const { kind, entrypoint, path, name } of deployment.bindings) {
        if (kind !== "service" || entrypoint !== "") continue;
        const where = [...path, "entrypoint"];
        yield at(
          deployment,
          where,
          `${name} has an empty entrypoint, which binds the default export`,
          'Remove "entrypoint", or set it to the name of an export.',
          {
            edits: [{ remove: pathInFile(deployment, where) }],
          },
        );
      }
    }
  },
};

import type { Fleet } from "../../fleet.ts";
import { at, type Finding, type Rule } from "../finding.ts";
import { liveClasses } from "../migrations.ts";

/** A migration that brings in a class which the main module doesn't export. */
export const migrationOfUnexportedClass: Rule = {
  id: "migration-of-unexported-class",
  severity: "error",
  title: "A migration creates a class that is not exported",
  cause:
    "The main module must export the class until a later migration deletes or renames it. Otherwise, Cloudflare refuses the deployment.",
  evidence: {
    basis: "documented",
    text: "developers.cloudflare.com/durable-objects/reference/durable-objects-migrations. wrangler 4.164.0: deploy --dry-run exits with 0 and prints nothing, unless the class is bound too",
  },
  *check(fleet: Fleet): Iterable<Finding> {
    for (const deployment of fleet.deployments) {
      const { exports } = deployment;
      if (exports === undefined || exports.open) continue;
      for (const [name, path] of liveClasses(deployment)) {
        if (exports.exports.some((each) => each.name === name)) continue;
        // Wrangler ends with an error of its own, and the binding is reported as a target that is not exported.
        if (deployment.bindings.some(({ className, elsewhere }) => className === name && !elsewhere)) continue;
        yield at(
          deployment,
          path,
          `${name} is not exported by the main module`,
          `Export ${name}, or add a migration with "deleted_classes": ["${name}"], which deletes its data.`,
        );
      }
    }
  },
};

import type { Fleet } from "../../fleet.ts";
import { targetOf } from "../../targets.ts";
import { at, type Finding, type Rule } from "../finding.ts";
import { liveClasses } from "../migrations.ts";
import { isForTests } from "../project-kind.ts";

/** A bound Durable Object class that its own Worker never brings in. */
export const classWithoutMigration: Rule = {
  id: "class-without-migration",
  severity: "error",
  title: "A Durable Object class has neither a migration nor an entry in exports",
  cause:
    "A Durable Object class needs a migration in its own Worker (new_sqlite_classes), or an entry in the newer exports block. Without one, Cloudflare refuses the deployment. Wrangler checks this only if there are no migrations at all.",
  evidence: {
    basis: "measured",
    text: "wrangler 4.164.0: deploy --dry-run exits with 0, and warns only of a Worker without any migration: you have configured `durable_objects` exported by this Worker (Room), but no live `exports` entry for them",
  },
  *check(fleet: Fleet): Iterable<Finding> {
    for (const deployment of fleet.deployments) {
      // Not deployed, and needed by nothing that runs locally.
      if (isForTests(fleet, deployment.project)) continue;
      for (const binding of deployment.bindings) {
        if (binding.kind !== "durable-object" || binding.className === undefined) continue;
        const { deployment: owner, status, export: found } = targetOf(fleet, deployment, binding);
        // What is not a Durable Object class is reported as that.
        if (
          status === "not-exported" ||
          (found !== undefined && !["durable-object", "class", "value"].includes(found.kind))
        )
          continue;
        if (owner === undefined || liveClasses(owner).has(binding.className)) continue;
        yield at(
          deployment,
          [...binding.path, "class_name"],
          `${binding.className} has no migration in ${owner === deployment ? "this Worker" : owner.worker}`,
          `Add { "tag": "…", "new_sqlite_classes": ["${binding.className}"] } to its migrations.`,
        );
      }
    }
  },
};

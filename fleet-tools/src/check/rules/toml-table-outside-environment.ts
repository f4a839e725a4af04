import type { Fleet } from "../../fleet.ts";
import type { Finding, Rule } from "../finding.ts";
import { strayTables } from "../stray-tables.ts";

const NOT_INHERITED = new Set([
  "services",
  "vars",
  "durable_objects",
  "kv_namespaces",
  "r2_buckets",
  "d1_databases",
  "queues",
  "workflows",
  "vectorize",
  "hyperdrive",
  "ai",
  "tail_consumers",
  "analytics_engine_datasets",
  "dispatch_namespaces",
]);

/** `[[services]]` below `[env.production]`, which is not a part of it. */
export const tomlTableOutsideEnvironment: Rule = {
  id: "toml-table-outside-environment",
  severity: "warning",
  title: "A TOML table below an environment's section is not part of it",
  cause:
    "In TOML, the order of tables has no meaning: [[services]] always belongs to the top level. The environment above it does not get the binding.",
  evidence: {
    basis: "measured",
    text: 'wrangler 4.164.0: deploy --dry-run -e production exits with 0 and binds nothing: "services" exists at the top level, but not on "env.production".',
  },
  *check(fleet: Fleet): Iterable<Finding> {
    for (const project of fleet.projects) {
      for (const { field, environment, position } of strayTables(project)) {
        if (!NOT_INHERITED.has(field)) continue;
        yield {
          file: project.file,
          position,
          message: `${field} below env.${environment} belongs to the top level`,
          fix: `Write env.${environment}.${field} for the environment, or move it above the first [env] section.`,
        };
      }
    }
  },
};

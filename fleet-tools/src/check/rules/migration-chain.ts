import type { Deployment, Fleet } from "../../fleet.ts";
import { entriesOf } from "../../loose.ts";
import type { ConfigPath } from "../../source-position.ts";
import { at, type Finding, type Rule } from "../finding.ts";
import { stepsOf } from "../migrations.ts";

/** Migrations that don't follow from each other. */
export const migrationChain: Rule = {
  id: "migration-chain",
  severity: "error",
  title: "The migrations are inconsistent",
  cause:
    "Migrations are applied in order; within one, deleted classes come first, then renamed, then new ones. Wrangler refuses to delete or rename a class that does not exist, and to create one that does. Cloudflare refuses a tag that appears twice.",
  evidence: {
    basis: "measured",
    text: "wrangler 4.164.0: deploy --dry-run exits with 1: Cannot apply deleted_classes migration to non-existent class Hall. It does not report a tag that appears twice; developers.cloudflare.com/durable-objects/reference/durable-objects-migrations: each tag is unique",
  },
  *check(fleet: Fleet): Iterable<Finding> {
    for (const deployment of fleet.deployments) {
      for (const [path, message, fix] of [...tags(deployment), ...classes(deployment)])
        yield at(deployment, path, message, fix);
    }
  },
};

type Place = readonly [ConfigPath, string, string];

function* tags({ config }: Deployment): Iterable<Place> {
  const seen = new Set<unknown>();
  for (const [index, { tag }] of entriesOf(config.migrations).entries()) {
    if (typeof tag === "string" && seen.has(tag))
      yield [
        ["migrations", index, "tag"],
        `The tag ${tag} appears twice`,
        "Give the later migration a new tag. Never change a migration that was deployed.",
      ];
    seen.add(tag);
  }
}

function* classes(deployment: Deployment): Iterable<Place> {
  const live = new Set<string>();
  for (const { does, name, path } of stepsOf(deployment)) {
    if (does === "deleted" || does === "renamed-from") {
      if (!live.delete(name))
        yield [path, `${name} does not exist, so it can't be ${does === "deleted" ? "deleted" : "renamed"}`, MISSING];
    } else {
      if (does === "new" && live.has(name))
        yield [path, `${name} exists already`, `Remove ${name} here, or delete it first.`];
      live.add(name);
    }
  }
}

const MISSING = "Correct the name, restore the migration that creates the class, or remove this entry.";

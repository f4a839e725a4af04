import type { Deployment, Fleet } from "../../fleet.ts";
import { entriesOf } from "../../loose.ts";
import type { ConfigPath } from "../../source-position.ts";
import { at, type Finding, type Rule } from "../finding.ts";
import { stepsOf } from "../migrations.ts";

/** Migrations that don't follow from each other. */
export const migrationChain: Rule = {
  id: "migration-chain",
  severity: "error",
  title: "The migrations don't follow from each other",
  cause:
    "Cloudflare runs the migrations after the last tag that was deployed, in their order. A tag that stands twice, or a class that is brought in twice or ended when it isn't there, is refused.",
  evidence: {
    basis: "documented",
    text: "developers.cloudflare.com/durable-objects/reference/durable-objects-migrations: each tag is unique. wrangler 4.164.0: deploy --dry-run exits with 0 and says nothing",
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
        `The tag ${tag} stands twice`,
        "Give the later migration a new tag; never change one that was deployed.",
      ];
    seen.add(tag);
  }
}

function* classes(deployment: Deployment): Iterable<Place> {
  const live = new Set<string>();
  const gone = new Set<string>();
  for (const { does, name, path } of stepsOf(deployment)) {
    if (does === "deleted" || does === "renamed-from") {
      // One that was never brought in may be of migrations that were cut off.
      if (gone.has(name)) yield [path, `${name} was deleted or renamed by an earlier migration`, `Leave ${name} out.`];
      live.delete(name);
      gone.add(name);
    } else {
      if (live.has(name))
        yield [path, `${name} is brought in by an earlier migration`, `Leave ${name} out, or delete it first.`];
      live.add(name);
      gone.delete(name);
    }
  }
}

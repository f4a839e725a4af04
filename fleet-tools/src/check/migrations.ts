import type { Deployment } from "../fleet.ts";
import { entriesOf, recordOf, textsOf } from "../loose.ts";
import type { ConfigPath } from "../source-position.ts";

/** What a chain of migrations does to one class, in order. */
export interface ClassStep {
  readonly does: "new" | "deleted" | "renamed-from" | "renamed-to" | "transferred";
  readonly name: string;
  readonly path: ConfigPath;
}

/** The steps of a Worker's `migrations`, first to last. */
export function stepsOf({ config }: Deployment): ClassStep[] {
  return entriesOf(config.migrations).flatMap((migration, index) => {
    const at = (...path: (string | number)[]): ConfigPath => ["migrations", index, ...path];
    const listed = (
      key: "new_classes" | "new_sqlite_classes" | "deleted_classes",
      does: ClassStep["does"],
    ): ClassStep[] => textsOf(migration[key]).map((name, place) => ({ does, name, path: at(key, place) }));
    const moved = recordOf(migration)["transferred_classes"] as readonly { to: string }[] | undefined;
    // In the order in which wrangler applies them.
    return [
      ...listed("deleted_classes", "deleted"),
      ...entriesOf(migration.renamed_classes).flatMap(({ from, to }, place): ClassStep[] => [
        { does: "renamed-from", name: from, path: at("renamed_classes", place) },
        { does: "renamed-to", name: to, path: at("renamed_classes", place) },
      ]),
      ...entriesOf(moved).map(({ to }, place): ClassStep => ({
        does: "transferred",
        name: to,
        path: at("transferred_classes", place),
      })),
      ...listed("new_classes", "new"),
      ...listed("new_sqlite_classes", "new"),
    ];
  });
}

/** The classes that a Worker holds after its migrations, or by its `exports`, and where each of them is brought in. */
export function liveClasses(deployment: Deployment): ReadonlyMap<string, ConfigPath> {
  const live = new Map<string, ConfigPath>();
  for (const { does, name, path } of stepsOf(deployment)) {
    if (does === "deleted" || does === "renamed-from") live.delete(name);
    else live.set(name, path);
  }
  for (const [name, entry] of Object.entries(recordOf(deployment.config.exports))) {
    const { type, state = "created" } = recordOf(entry);
    if (type === "durable-object" && (state === "created" || state === "expecting-transfer"))
      live.set(name, ["exports", name]);
  }
  return live;
}

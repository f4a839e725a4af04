import type { Fleet, Project, WranglerMessage } from "../../fleet.ts";
import { entriesOf, recordOf } from "../../loose.ts";
import { inFile, type Finding, type Rule } from "../finding.ts";
import { topicOf } from "../wrangler-messages.ts";
import { strayTables } from "../stray-tables.ts";

/** An environment without the bindings or variables of the top level. */
export const notInherited: Rule = {
  id: "not-inherited",
  severity: "warning",
  title: "An environment does not have the bindings or variables of the top level",
  cause:
    "Environments do not inherit bindings and vars: an environment has only those of its own section, and any other env.NAME is undefined.",
  evidence: {
    basis: "measured",
    text: 'wrangler 4.164.0: deploy --dry-run -e staging exits with 0: "services" exists at the top level, but not on "env.staging". This is not what you probably want, since "services" is not inherited by environments.',
  },
  *check(fleet: Fleet): Iterable<Finding> {
    for (const project of fleet.projects) {
      const stray = strayTables(project);
      for (const [environment, lacks] of lackingOf(project)) {
        const missing = [...lacks].filter(
          ([field]) => !stray.some((table) => table.field === field && table.environment === environment),
        );
        if (missing.length === 0) continue;
        const all = missing.map(([field, names]) => `${field}${names.size > 0 ? ` (${[...names].join(", ")})` : ""}`);
        yield inFile(
          project,
          ["env", environment],
          `${environment} does not inherit ${all.join(", ")} of the top level`,
          `Add ${missing.map(([field]) => field).join(", ")} to env.${environment}, with the Workers and resources of that environment.`,
          // A variable may be a secret there.
          missing.every(([field]) => field === "vars") ? { severity: "note" } : {},
        );
      }
    }
  },
};

type Lacking = Map<string, Map<string, Set<string>>>;

/** Environment → field → the names that the environment lacks. */
function lackingOf(project: Project): Lacking {
  const all: Lacking = new Map();
  for (const message of project.messages) {
    if (topicOf(message) !== "not-inherited" || message.environment === undefined) continue;
    const field = /since "(\w+)"/.exec(message.text)?.[1];
    if (field === undefined) continue;
    const fields = all.get(message.environment) ?? new Map<string, Set<string>>();
    all.set(message.environment, fields);
    fields.set(field, new Set([...(fields.get(field) ?? []), ...namesOf(project, message, field)]));
  }
  return all;
}

function namesOf(project: Project, { text }: WranglerMessage, field: string): string[] {
  const one = /binding with name "([^"]+)"/.exec(text)?.[1];
  if (one !== undefined) return [one];
  const listed = [...text.matchAll(/^- (.+)$/gm)].map(([, name]) => name!);
  return listed.length > 0 ? listed : namesBelow((project.raw as Record<string, unknown>)[field]);
}

/** The binding names, or the variables, of a field at the top level. */
function namesBelow(value: unknown): string[] {
  const { bindings, producers, ...others } = recordOf(value);
  const list = [value, bindings, producers].find((each) => Array.isArray(each)) as object[] | undefined;
  const names = entriesOf(list).map((entry) => recordOf(entry)["binding"] ?? recordOf(entry)["name"]);
  const found =
    list === undefined ? (typeof others["binding"] === "string" ? [others["binding"]] : Object.keys(others)) : names;
  return found.filter((name): name is string => typeof name === "string").slice(0, 20);
}

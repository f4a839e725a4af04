import type { Project, WranglerMessage } from "../fleet.ts";
import type { ConfigPath, Position } from "../source-position.ts";

/** What a message of wrangler's reader is about, if a rule of ours says the same with a place and a fix. */
export type Topic = "not-inherited" | "duplicate-binding" | "class-without-migration" | "binding-name" | "other";

const TOPICS: readonly (readonly [RegExp, Topic])[] = [
  [/ (is|are) not inherited by environments|configuration is not inherited by environments/, "not-inherited"],
  [/ assigned to (.* and .*|multiple .*) bindings\.$|^Bindings must have unique names/, "duplicate-binding"],
  [/^bindingsGroupedByName/, "binding-name"],
  [/you have configured `durable_objects` exported by this Worker/, "class-without-migration"],
];

/** Tells which rule takes a message over; `other` is shown in wrangler's own words. */
export function topicOf(message: WranglerMessage): Topic {
  return TOPICS.find(([pattern]) => pattern.test(message.text))?.[1] ?? "other";
}

/** The place that a message speaks of: where the parser stopped, or the field that it names; else the file's first line. */
export function placeOf(project: Project, message: WranglerMessage): Position {
  if (message.position !== undefined) return message.position;
  const { environment, text, about = "" } = message;
  const unexpected = /^Unexpected fields found in (\S+) fields?: "([^"]+)"/.exec(text);
  const fields = unexpected
    ? [unexpected[1] === "top-level" ? unexpected[2]! : `${unexpected[1]}.${unexpected[2]}`]
    : (about.includes("[") ? [about, text] : [text, about]).flatMap((each) => /"([\w.[\]-]+)"/.exec(each)?.[1] ?? []);
  for (const path of fields.map(pathOf)) {
    const inside = environment === undefined || path[0] === "env" ? path : ["env", environment, ...path];
    const written = [inside, path].find((each) => has(project.raw, each));
    if (written !== undefined) return project.positions.at(written);
  }
  return project.positions.at(environment === undefined ? [] : ["env", environment]);
}

/** Reads a field as wrangler writes it, such as `durable_objects.bindings[1]`. */
function pathOf(field: string): ConfigPath {
  return field.split(".").flatMap((part) => {
    const [key = "", ...indexes] = part.split(/[[\]]+/).filter((each) => each !== "");
    return [key, ...indexes.map(Number)];
  });
}

/** Whether the configuration has the first key of the path: what it lacks further in is reported where it should be. */
function has(raw: object, path: ConfigPath): boolean {
  const depth = path[0] === "env" ? 3 : 1;
  let value: unknown = raw;
  for (const key of path.slice(0, depth)) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return false;
    value = (value as Record<string, unknown>)[key];
  }
  return true;
}

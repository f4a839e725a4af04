import { parseTOML } from "toml-eslint-parser";
import type { Project } from "../fleet.ts";
import { recordOf } from "../loose.ts";
import type { Position } from "../source-position.ts";

/** A table of the top level in TOML that stands below an environment's section. */
export interface StrayTable {
  readonly field: string;
  readonly environment: string;
  readonly position: Position;
}

const known = new WeakMap<Project, readonly StrayTable[]>();

/** Finds top-level tables, such as `[[services]]`, below the section of an environment that has nothing of that name. */
export function strayTables(project: Project): readonly StrayTable[] {
  const tables = known.get(project) ?? (project.file.endsWith(".toml") ? [...find(project)] : []);
  known.set(project, tables);
  return tables;
}

function* find({ text, raw, messages }: Project): Iterable<StrayTable> {
  if (raw.env === undefined || messages.some(({ position }) => position !== undefined)) return;
  const seen = new Set<string>();
  let environment: string | undefined;
  for (const node of parseTOML(text).body[0].body) {
    if (node.type !== "TOMLTable") continue;
    const [field, name] = node.resolvedKey.map(String);
    if (field === "env") {
      environment = name ?? environment;
      continue;
    }
    if (environment === undefined || field === undefined || seen.has(field)) continue;
    seen.add(field);
    if (field in recordOf(raw.env[environment])) continue;
    const { line, column } = node.loc.start;
    yield { field, environment, position: { line, column: column + 1 } };
  }
}

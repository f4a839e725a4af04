import { readFile, writeFile } from "node:fs/promises";
import { applyEdits, modify } from "jsonc-parser";
import type { ConfigPath } from "../source-position.ts";
import type { Reported } from "./finding.ts";
import { withoutTomlPath } from "./fix-toml.ts";

/** Takes out of the files what the findings allow; the rest stays as it is, byte for byte. Returns how much was changed. */
export async function fixFiles(findings: readonly Reported[]): Promise<{ files: number; changes: number }> {
  const removals = new Map<string, ConfigPath[]>();
  for (const { file, edits = [] } of findings) {
    if (edits.length > 0) removals.set(file, [...(removals.get(file) ?? []), ...edits.map(({ remove }) => remove)]);
  }
  let changes = 0;
  for (const [file, paths] of removals) {
    const text = await readFile(file, "utf8");
    await writeFile(file, withoutPaths(text, file.endsWith(".toml") ? "toml" : "jsonc", paths));
    changes += paths.length;
  }
  return { files: removals.size, changes };
}

/**
 * Returns the text without what stands at the paths. A key that stands twice in JSONC loses its first, which is the one
 * that parsers ignore. Comments stay, but for one on the line of a removed TOML key.
 */
export function withoutPaths(text: string, format: "toml" | "jsonc", paths: readonly ConfigPath[]): string {
  // From the end, so that the indexes of earlier array elements stay true.
  return [...paths].sort(lastFirst).reduce((rest, path) => {
    if (format === "toml") return withoutTomlPath(rest, path);
    return applyEdits(rest, modify(rest, [...path], undefined, {}));
  }, text);
}

function lastFirst(a: ConfigPath, b: ConfigPath): number {
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const [left, right] = [a[index]!, b[index]!];
    if (left === right) continue;
    return typeof left === "number" && typeof right === "number" ? right - left : String(left) < String(right) ? 1 : -1;
  }
  return b.length - a.length;
}

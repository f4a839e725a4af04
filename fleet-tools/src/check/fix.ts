import { readFile, writeFile } from "node:fs/promises";
import { findNodeAtLocation, parseTree } from "jsonc-parser";
import { parseTOML, type AST } from "toml-eslint-parser";
import type { ConfigPath } from "../source-position.ts";
import type { Reported } from "./finding.ts";

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
 * Returns the text without what stands at the paths, which are those of the text as it is given. A comment at the end of a
 * removed line goes with it; all others stay. A key that stands twice in JSONC loses its first, which is what parsers ignore.
 */
export function withoutPaths(text: string, format: "toml" | "jsonc", paths: readonly ConfigPath[]): string {
  const find = format === "toml" ? findInToml : findInJsonc;
  // From the end, so that the indexes of earlier array elements stay true.
  return [...paths].sort(lastFirst).reduce((rest, path) => {
    const found = find(rest, path);
    return found === undefined ? rest : cut(rest, found);
  }, text);
}

type Range = readonly [number, number];

/** A key with its value, or an element: the whole of it, what stands before it in the same object or array, and whether one follows. */
interface Found {
  readonly range: Range;
  readonly previous: Range | undefined;
  readonly last: boolean;
}

// jsonc-parser's own modify would also move the comment of a removed line to the line before.
function cut(text: string, { range: [start, end], previous, last }: Found): string {
  const comma = commaAfter(text, end);
  if (comma === 0 && previous !== undefined) {
    const [, after] = previous;
    const rest = cut(text, { range: [start, end], previous: undefined, last });
    return rest.slice(0, after) + rest.slice(after + commaAfter(text, after));
  }
  const stop = end + comma;
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const newline = text.indexOf("\n", stop);
  const lineEnd = newline < 0 ? text.length : newline + 1;
  const alone =
    text.slice(lineStart, start).trim() === "" &&
    /^\s*((#|\/\/).*|\/\*.*\*\/\s*)?$/.test(text.slice(stop, lineEnd).trimEnd());
  if (alone) return text.slice(0, lineStart) + text.slice(lineEnd);
  if (comma > 0 && !last) return text.slice(0, start) + text.slice(stop).replace(/^[ \t]+/, "");
  return text.slice(0, start).replace(/[ \t]+$/, "") + text.slice(stop);
}

/** How many characters the comma after a value takes, with the white space before it; 0 if there is none. */
function commaAfter(text: string, end: number): number {
  return /^\s*,/.exec(text.slice(end))?.[0].length ?? 0;
}

function among(ranges: readonly Range[], index: number): Found {
  return { range: ranges[index]!, previous: ranges[index - 1], last: index === ranges.length - 1 };
}

function findInJsonc(text: string, path: ConfigPath): Found | undefined {
  const root = parseTree(text, [], { allowTrailingComma: true });
  const value = root && findNodeAtLocation(root, [...path]);
  const node = value?.parent?.type === "property" ? value.parent : value;
  const siblings = node?.parent?.children ?? [];
  return (
    node &&
    among(
      siblings.map(({ offset, length }) => [offset, offset + length]),
      siblings.indexOf(node),
    )
  );
}

function findInToml(text: string, path: ConfigPath): Found | undefined {
  return inTable(parseTOML(text).body[0].body, [], path);
}

function inTable(
  body: readonly (AST.TOMLKeyValue | AST.TOMLTable)[],
  base: ConfigPath,
  path: ConfigPath,
): Found | undefined {
  for (const node of body) {
    const found = node.type === "TOMLTable" ? inTable(node.body, node.resolvedKey, path) : inKeyValue(node, base, path);
    if (found === "whole") return { range: node.range, previous: undefined, last: true };
    if (found !== undefined) return found;
  }
  return undefined;
}

function inKeyValue({ key, value }: AST.TOMLKeyValue, base: ConfigPath, path: ConfigPath): Found | "whole" | undefined {
  const own = [...base, ...key.keys.map((part) => (part.type === "TOMLBare" ? part.name : part.value))];
  if (own.length > path.length || own.some((part, index) => part !== path[index])) return undefined;
  return own.length === path.length ? "whole" : inValue(value, own, path);
}

function inValue(node: AST.TOMLContentNode, base: ConfigPath, path: ConfigPath): Found | undefined {
  if (node.type === "TOMLInlineTable") {
    for (const [index, entry] of node.body.entries()) {
      const found = inKeyValue(entry, base, path);
      if (found === "whole")
        return among(
          node.body.map(({ range }) => range),
          index,
        );
      if (found !== undefined) return found;
    }
  }
  const index = path[base.length];
  if (node.type !== "TOMLArray" || typeof index !== "number" || node.elements[index] === undefined) return undefined;
  if (base.length + 1 === path.length)
    return among(
      node.elements.map(({ range }) => range),
      index,
    );
  return inValue(node.elements[index], [...base, index], path);
}

function lastFirst(a: ConfigPath, b: ConfigPath): number {
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const [left, right] = [a[index]!, b[index]!];
    if (left === right) continue;
    return typeof left === "number" && typeof right === "number" ? right - left : String(left) < String(right) ? 1 : -1;
  }
  return b.length - a.length;
}

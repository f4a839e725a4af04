import { parseTOML, type AST } from "toml-eslint-parser";
import type { ConfigPath } from "../source-position.ts";

/** Returns the TOML without the key or the array element at the path, or as it is if there is none. */
export function withoutTomlPath(text: string, path: ConfigPath): string {
  const range = rangeOf(parseTOML(text).body[0].body, [], path, text);
  return range === undefined ? text : text.slice(0, range[0]) + text.slice(range[1]);
}

type Range = readonly [number, number];

function rangeOf(
  body: readonly (AST.TOMLKeyValue | AST.TOMLTable)[],
  base: ConfigPath,
  path: ConfigPath,
  text: string,
): Range | undefined {
  for (const node of body) {
    const found =
      node.type === "TOMLTable"
        ? rangeOf(node.body, node.resolvedKey, path, text)
        : inKeyValue(node, base, path, text, (range) => wholeLine(range, text));
    if (found !== undefined) return found;
  }
  return undefined;
}

function inKeyValue(
  node: AST.TOMLKeyValue,
  base: ConfigPath,
  path: ConfigPath,
  text: string,
  alone: (range: Range) => Range,
): Range | undefined {
  const own = [...base, ...node.key.keys.map((part) => (part.type === "TOMLBare" ? part.name : part.value))];
  if (own.length > path.length || own.some((part, index) => part !== path[index])) return undefined;
  return own.length === path.length ? alone(node.range) : inValue(node.value, own, path, text);
}

function inValue(node: AST.TOMLContentNode, base: ConfigPath, path: ConfigPath, text: string): Range | undefined {
  if (node.type === "TOMLInlineTable") {
    const separated = (range: Range): Range => withSeparator(range, node.body, text);
    return node.body.map((entry) => inKeyValue(entry, base, path, text, separated)).find((range) => range);
  }
  if (node.type !== "TOMLArray") return undefined;
  const index = path[base.length];
  const element = typeof index === "number" ? node.elements[index] : undefined;
  if (element === undefined) return undefined;
  return base.length + 1 === path.length
    ? withSeparator(element.range, node.elements, text)
    : inValue(element, [...base, index!], path, text);
}

/** A key of a table, with its line if nothing else stands on it. */
function wholeLine([start, end]: Range, text: string): Range {
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const newline = text.indexOf("\n", end);
  const to = newline < 0 ? text.length : newline + 1;
  return text.slice(from, start).trim() === "" && /^\s*(#.*)?$/.test(text.slice(end, to).trimEnd())
    ? [from, to]
    : [start, end];
}

/** An element and the comma that goes with it: the one before it, or after it if it is the first. */
function withSeparator([start, end]: Range, siblings: readonly { range: Range }[], text: string): Range {
  const index = siblings.findIndex(({ range }) => range[0] === start);
  if (index > 0) return [siblings[index - 1]!.range[1], end];
  const next = siblings[1];
  if (next !== undefined) return [start, next.range[0]];
  const comma = /^\s*,/.exec(text.slice(end));
  return [start, end + (comma?.[0].length ?? 0)];
}

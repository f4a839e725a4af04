import { findNodeAtLocation, parseTree, type Node } from "jsonc-parser";
import { parseTOML, type AST } from "toml-eslint-parser";

/** Where a key or an array element stands in a configuration, as `["services", 0, "entrypoint"]`. */
export type ConfigPath = readonly (string | number)[];

/** A place in a file; lines and columns count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Finds the lines of a configuration's keys. */
export interface Positions {
  /** The place of the path, or of the longest part of it that the file has. */
  at(path: ConfigPath): Position;
}

/** Reads where things stand in the text of a wrangler configuration. Of a text that can't be parsed, all is at line 1. */
export function positionsIn(text: string, format: "toml" | "jsonc"): Positions {
  try {
    return format === "toml" ? tomlPositions(text) : jsoncPositions(text);
  } catch {
    return { at: () => ({ line: 1, column: 1 }) };
  }
}

function jsoncPositions(text: string): Positions {
  const root = parseTree(text, [], { allowTrailingComma: true });
  return {
    at(path) {
      const node = root === undefined ? undefined : deepest(root, path);
      return positionOf(text, (node?.parent?.type === "property" ? node.parent : node)?.offset ?? 0);
    },
  };
}

function deepest(root: Node, path: ConfigPath): Node {
  for (let length = path.length; length > 0; length--) {
    const node = findNodeAtLocation(root, path.slice(0, length) as (string | number)[]);
    if (node !== undefined) return node;
  }
  return root;
}

/** Turns an offset in characters into a line and a column. */
export function positionOf(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const line = before.split("\n").length;
  return { line, column: offset - (before.lastIndexOf("\n") + 1) + 1 };
}

function tomlPositions(text: string): Positions {
  const places = new Map<string, Position>();
  const note = (path: ConfigPath, node: AST.TOMLNode): void => {
    const key = JSON.stringify(path);
    if (!places.has(key)) places.set(key, { line: node.loc.start.line, column: node.loc.start.column + 1 });
  };
  const keyValue = (base: ConfigPath, node: AST.TOMLKeyValue): void => {
    const path = [...base, ...keysOf(node.key)];
    for (let length = base.length + 1; length <= path.length; length++) note(path.slice(0, length), node);
    value(path, node.value);
  };
  const value = (path: ConfigPath, node: AST.TOMLContentNode): void => {
    if (node.type === "TOMLArray") {
      node.elements.forEach((element, index) => {
        note([...path, index], element);
        value([...path, index], element);
      });
    } else if (node.type === "TOMLInlineTable") {
      for (const entry of node.body) keyValue(path, entry);
    }
  };
  for (const node of parseTOML(text).body[0].body) {
    if (node.type === "TOMLKeyValue") {
      keyValue([], node);
      continue;
    }
    const path = node.resolvedKey;
    for (let length = 1; length <= path.length; length++) note(path.slice(0, length), node);
    for (const entry of node.body) keyValue(path, entry);
  }
  return {
    at(path) {
      for (let length = path.length; length > 0; length--) {
        const place = places.get(JSON.stringify(path.slice(0, length)));
        if (place !== undefined) return place;
      }
      return { line: 1, column: 1 };
    },
  };
}

function keysOf(key: AST.TOMLKey): string[] {
  return key.keys.map((part) => (part.type === "TOMLBare" ? part.name : part.value));
}

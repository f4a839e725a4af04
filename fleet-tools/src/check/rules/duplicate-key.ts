import { parseTree, type Node } from "jsonc-parser";
import type { Fleet } from "../../fleet.ts";
import { positionOf, type ConfigPath } from "../../source-position.ts";
import type { Finding, Rule } from "../finding.ts";

/** A key that appears twice in an object of JSON. */
export const duplicateKey: Rule = {
  id: "duplicate-key",
  severity: "warning",
  title: "A key appears twice in a JSON object",
  cause: "Wrangler uses the last one and silently ignores the others.",
  evidence: {
    basis: "measured",
    text: "wrangler 4.86.0 and 4.164.0: `services` and a variable written twice: deploy --dry-run shows the last, without a warning",
  },
  *check(fleet: Fleet): Iterable<Finding> {
    for (const { file, text } of fleet.projects) {
      if (file.endsWith(".toml")) continue;
      const root = parseTree(text, [], { allowTrailingComma: true });
      for (const { key, node, path, lastLine } of root === undefined ? [] : ignoredKeys(root, [], text)) {
        yield {
          file,
          position: positionOf(text, node.offset),
          message: `${key} is ignored here, because it appears again on line ${lastLine}`,
          fix: "Keep one of them.",
          edits: [{ remove: path }],
        };
      }
    }
  },
};

interface IgnoredKey {
  readonly key: string;
  readonly node: Node;
  readonly path: ConfigPath;
  readonly lastLine: number;
}

function* ignoredKeys(node: Node, path: ConfigPath, text: string): Iterable<IgnoredKey> {
  const children = node.children ?? [];
  if (node.type === "array") {
    for (const [index, child] of children.entries()) yield* ignoredKeys(child, [...path, index], text);
    return;
  }
  if (node.type !== "object") return;
  const last = new Map(children.map((property) => [property.children?.[0]?.value as string, property]));
  for (const property of children) {
    const [name, value] = property.children ?? [];
    const key = name?.value as string;
    const own = [...path, key];
    const lastLine = positionOf(text, last.get(key)!.offset).line;
    if (last.get(key) !== property) yield { key, node: property, path: own, lastLine };
    else if (value !== undefined) yield* ignoredKeys(value, own, text);
  }
}

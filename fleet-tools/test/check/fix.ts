import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { parse } from "jsonc-parser";
import { getStaticTOMLValue, parseTOML } from "toml-eslint-parser";
import { fixFiles, withoutPaths } from "../../src/check/fix.ts";
import { check } from "../../src/check/index.ts";
import { readFleet } from "../../src/fleet.ts";
import { entriesOf } from "../../src/loose.ts";

const root = mkdtempSync(join(tmpdir(), "fleet-fix-"));
after(() => rmSync(root, { recursive: true }));
cpSync(new URL("../fixtures", import.meta.url), root, { recursive: true });

test("after --fix wrangler reads the same, but for what has no effect", async () => {
  const before = await readFleet([root]);
  const fixable = check(before).filter(({ edits }) => edits !== undefined);
  assert.deepEqual([...new Set(fixable.map(({ rule }) => rule.id))].sort(), [
    "default-flag",
    "duplicate-key",
    "empty-entrypoint",
    "refused-flag",
    "unknown-key",
  ]);
  const fixed = await fixFiles(fixable);
  assert.deepEqual(fixed, { files: new Set(fixable.map(({ file }) => file)).size, changes: fixable.length });

  const after = await readFleet([root]);
  assert.deepEqual(
    check(after).filter(({ edits }) => edits !== undefined),
    [],
  );
  assert.equal(after.deployments.length, before.deployments.length);
  before.deployments.forEach(({ config, project }, index) => {
    assert.deepEqual(effective(after.deployments[index]!.config), effective(config), project.file);
  });

  const untouched = before.projects.filter(({ file }) => !fixable.some((finding) => finding.file === file));
  for (const { file, text } of untouched) assert.equal(readFileSync(file, "utf8"), text);
});

test("comments and formatting stay", () => {
  const read = (name: string): string => readFileSync(join(root, name), "utf8");
  assert.match(
    read("empty-entrypoint/catalog/wrangler.jsonc"),
    / {4}\/\/ the whole shop\n {4}\{ "binding": "ORDERS", "service": "orders" \}, \/\/ today\n {2}\],\n/,
  );
  assert.match(
    read("empty-entrypoint/media/wrangler.toml"),
    /\nservice = "orders"\n\n\[env.staging\]\nservices = \[\{ binding = "ORDERS", service = "orders" \}\] # inline\n/,
  );
  assert.match(read("default-flag/media/wrangler.toml"), /\ncompatibility_flags = \[\n {2}"nodejs_als",\n\]\n/);
  assert.match(read("default-flag/catalog/wrangler.jsonc"), /"nodejs_compat"/);
  assert.match(
    read("duplicate-key/catalog/wrangler.jsonc"),
    /\n {2}\/\/ who sells\n {2}"vars": \{ "CURRENCY": "EUR", "REGION": "us" \},\n/,
  );
});

const TOML: readonly (readonly [string, (string | number)[], string])[] = [
  ["a = 1 # one\nb = 2\n", ["a"], "b = 2\n"],
  ["a = 1\nb = 2", ["b"], "a = 1\n"],
  ["x = { a = 1, b = 2 }", ["x", "a"], "x = { b = 2 }"],
  ["x = { a = 1, b = 2 }", ["x", "b"], "x = { a = 1 }"],
  ["x = { a = 1 }", ["x", "a"], "x = { }"],
  ['x = ["a", "b", "c"]', ["x", 1], 'x = ["a", "c"]'],
  ['x = [\n  "a", # a\n  "b",\n]', ["x", 1], 'x = [\n  "a", # a\n]'],
  ['x = ["a"]', ["x", 0], "x = []"],
  ["[[s]]\na = 1\n[[s]]\na = 2\nb = 3\n", ["s", 1, "a"], "[[s]]\na = 1\n[[s]]\nb = 3\n"],
  ["[e.p]\nx.y = 1\n", ["e", "p", "x", "y"], "[e.p]\n"],
  ["a = 1\n", ["b"], "a = 1\n"],
];
for (const [text, path, expected] of TOML) {
  test(`TOML ${JSON.stringify(text)} without ${path.join(".")}`, () => {
    assert.equal(withoutPaths(text, "toml", [path]), expected);
  });
}

test("several elements of an array are removed by the indexes that they had", () => {
  assert.equal(
    withoutPaths('{ "x": ["a", "b", "c", "d"] }', "jsonc", [
      ["x", 0],
      ["x", 2],
    ]),
    '{ "x": ["b", "d"] }',
  );
  assert.equal(
    withoutPaths('x = ["a", "b", "c", "d"]', "toml", [
      ["x", 0],
      ["x", 2],
    ]),
    'x = ["b", "d"]',
  );
});

test("line ends and tabs stay", () => {
  const text = '{\r\n\t"a": 1, // one\r\n\t"b": { "x": "", "y": 2 },\r\n}\r\n';
  assert.equal(withoutPaths(text, "jsonc", [["b", "x"]]), text.replace('"x": "", ', ""));
  assert.equal(withoutPaths(text, "jsonc", [["b"]]), '{\r\n\t"a": 1, // one\r\n}\r\n'.replace("1,", "1,"));
});

test("each key and each element of each fixture can be removed, and nothing else changes", async () => {
  const { projects } = await readFleet([new URL("../fixtures", import.meta.url).pathname]);
  let removed = 0;
  for (const { text, file, messages } of projects) {
    if (messages.some(({ position }) => position !== undefined) || file.includes("duplicate-key")) continue;
    const format = file.endsWith(".toml") ? "toml" : "jsonc";
    const read = (each: string): unknown =>
      format === "toml" ? getStaticTOMLValue(parseTOML(each)) : parse(each, [], { allowTrailingComma: true });
    for (const path of pathsOf(read(text), [])) {
      const rest = withoutPaths(text, format, [path]);
      // A table of TOML is not a key with a value: it stays.
      if (rest === text && format === "toml") continue;
      assert.deepEqual(read(rest), without(read(text), path), `${file} ${path.join(".")}`);
      removed++;
    }
  }
  assert.ok(removed > 500, `${removed} removed`);
});

function pathsOf(value: unknown, base: (string | number)[]): (string | number)[][] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => {
    const path = [...base, Array.isArray(value) ? Number(key) : key];
    return [path, ...pathsOf(member, path)];
  });
}

function without(value: unknown, path: readonly (string | number)[]): unknown {
  const copy = structuredClone(value);
  let owner = copy as Record<string | number, unknown>;
  for (const key of path.slice(0, -1)) owner = owner[key] as typeof owner;
  if (Array.isArray(owner)) owner.splice(path.at(-1) as number, 1);
  else delete owner[path.at(-1)!];
  return copy;
}

/** A configuration without what the fixes may remove: it has no effect. */
function effective(config: object): object {
  const copy = structuredClone(config) as Record<string, unknown> & {
    services?: object[];
    durable_objects: { bindings: object[] };
  };
  delete copy["compatibility_flags"];
  for (const entry of [...entriesOf(copy.services), ...entriesOf(copy.durable_objects.bindings)] as Record<
    string,
    unknown
  >[]) {
    delete entry["environment"];
    if (entry["entrypoint"] === "") delete entry["entrypoint"];
  }
  return copy;
}

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { check } from "../../src/check/index.ts";
import { readFleet } from "../../src/fleet.ts";

const root = mkdtempSync(join(tmpdir(), "fleet-check-"));
after(() => rmSync(root, { recursive: true }));

let count = 0;
function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = join(root, String(count++));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

const VALUES: readonly unknown[] = [
  null,
  5,
  "x",
  true,
  [],
  [null],
  [5],
  ["x"],
  [[]],
  [{}],
  {},
  { bindings: null },
  { x: null },
];
const FIELDS = [
  ...[
    "name",
    "main",
    "services",
    "durable_objects",
    "workflows",
    "queues",
    "tail_consumers",
    "kv_namespaces",
    "ai",
    "vars",
  ],
  ...[
    "routes",
    "route",
    "triggers",
    "migrations",
    "exports",
    "compatibility_date",
    "compatibility_flags",
    "env",
    "secrets",
  ],
  ...[
    "observability",
    "workers_dev",
    "preview_urls",
    "assets",
    "alias",
    "logpush",
    "pages_build_output_dir",
    "r2_buckets",
  ],
];

test("a value of the wrong type in any field does not stop the check", async () => {
  const files: Record<string, string> = {};
  for (const field of FIELDS) {
    VALUES.forEach((value, index) => {
      const config = { name: `w-${count}`, [field]: value, env: { staging: { [field]: value } } };
      files[`${field}-${index}/wrangler.json`] = JSON.stringify(field === "env" ? { env: value } : config);
    });
  }
  const fleet = await readFleet([folderOf(files)]);
  assert.equal(fleet.projects.length, FIELDS.length * VALUES.length);
  assert.ok(check(fleet).some(({ rule }) => rule.id === "wrangler-error"));
});

test("a file that can't be read is a finding, and the others are checked", async () => {
  const folder = folderOf({
    "broken/wrangler.jsonc": '{ "name": "orders", ',
    "utf16/wrangler.jsonc": Buffer.from("\ufeff{}", "utf16le"),
    "toml/wrangler.toml": "name = ",
    "text/wrangler.json": '"orders"',
    "source/wrangler.json": '{ "name": "catalog", "main": "index.ts", "compatibility_date": "2026-04-21" }',
    "source/index.ts": "export default { fetch( ",
    "whole/wrangler.json": '{ "name": "media", "service": 5 }',
  });
  const findings = check(await readFleet([folder]));
  const errors = findings.filter(({ rule }) => rule.id === "wrangler-error").map(({ file }) => file.split("/").at(-2));
  assert.deepEqual([...new Set(errors)].sort(), ["broken", "text", "toml", "utf16"]);
  assert.ok(findings.some(({ rule, file }) => rule.id === "wrangler-warning" && file.includes("whole")));
});

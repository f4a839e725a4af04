import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { test } from "node:test";
import { check, RULES } from "../../src/check/index.ts";
import { readFleet } from "../../src/fleet.ts";

const FIXTURES = new URL("../fixtures", import.meta.url).pathname;
const names = readdirSync(FIXTURES).sort();

test("each rule has a fixture", () => {
  assert.deepEqual(names, ["clean", ...RULES.map(({ id }) => id)].sort());
});

for (const name of names) {
  test(`fixture ${name}: each finding at its line, and no other`, async () => {
    const folder = join(FIXTURES, name);
    const found = check(await readFleet([folder])).map(
      ({ file, position, rule }) => `${relative(folder, file)}:${position.line} ${rule.id}`,
    );
    const expected = readFileSync(join(folder, "expected.txt"), "utf8").split("\n").filter(Boolean);
    assert.deepEqual(found, expected);
  });
}

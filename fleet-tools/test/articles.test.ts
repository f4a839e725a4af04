import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { test } from "node:test";
import { check } from "../src/check/index.ts";
import { inEnvironment, readFleet } from "../src/fleet.ts";
import { mapAsMermaid } from "../src/map/mermaid.ts";
import { mapOf } from "../src/map/model.ts";

const FLEET = new URL("../../worker-client-examples/fleet/articles", import.meta.url).pathname;

test("the articles' fleet: the map of docs/fleet.md", async () => {
  const fleet = await readFleet([FLEET]);
  const page = readFileSync(new URL("../../docs/fleet.md", import.meta.url), "utf8");
  assert.ok(page.includes(mapAsMermaid(mapOf(fleet, inEnvironment(fleet, undefined)))));
});

test("the articles' fleet: both cures are warned of, and no binding without one needs it", async () => {
  const findings = check(await readFleet([FLEET])).map(
    ({ file, position, severity, rule }) => `${basename(dirname(file))}:${position.line} ${severity} ${rule.id}`,
  );
  assert.deepEqual(findings, [
    "bookshop:1 note no-observability",
    "bookshop:7 note durable-object-beside-default",
    "gateway:7 note unknown-worker",
    "gateway:8 note unknown-worker",
    "gateway:9 note unknown-worker",
    "pipeline:6 warning entrypoint-default",
    "pipeline:7 warning entrypoint-default",
  ]);
});

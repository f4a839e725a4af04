import assert from "node:assert/strict";
import { test } from "node:test";
import { mapAsHtml } from "../src/map/html.ts";
import { mapOf, type MappedWorker } from "../src/map/model.ts";
import { mapAsMermaid } from "../src/map/mermaid.ts";
import { mapAsText } from "../src/map/text.ts";
import { inEnvironment, readFleet } from "../src/fleet.ts";

const DEV = new URL("../../binding-proxy/test/dev", import.meta.url).pathname;

test("the map shows what each Worker exports and binds, and what is not exported", async () => {
  const fleet = await readFleet([DEV]);
  const map = mapOf(fleet, inEnvironment(fleet, undefined), DEV);
  const target = map.find(({ name }) => name === "target");
  assert.deepEqual(
    target?.exports?.map(({ name, kind }) => `${name} ${kind}`),
    ["Admin entrypoint", "Methods entrypoint", "Room durable-object", "default handlers"],
  );
  const bindings = map.find(({ name }) => name === "binding-proxy")?.bindings;
  assert.deepEqual(
    bindings?.map(({ name, target }) => `${name} ${target}`),
    [
      "TARGET found",
      "ADMIN found",
      "METHODS found",
      "MISSPELT not-exported",
      "ABSENT outside",
      "ROOMS found",
      "HALLS not-exported",
      "ABSENT_ROOMS outside",
    ],
  );
  assert.match(mapAsText(map), /MISSPELT {5}→ target # Admim {2}← not exported there\n/);
  assert.match(mapAsMermaid(map), /w0 -\. "MISSPELT #35;Admim" \.-> w1\n/);
});

test("the page loads nothing, and a name stays text", () => {
  const hostile = `"><script>alert(1)</script>'&`;
  const worker: MappedWorker = {
    name: hostile,
    config: hostile,
    routes: [hostile],
    exports: [{ name: hostile, kind: "handlers", members: [hostile] }],
    bindings: [
      { name: hostile, kind: "service", worker: hostile, entrypoint: hostile, target: "not-exported" },
      { name: hostile, kind: "queue", resource: hostile, target: "none" },
    ],
  };
  const page = mapAsHtml([{ workers: [worker] }, { name: hostile, workers: [] }], [], "/");
  assert.equal(page.match(/<script>/g)?.length, 1);
  assert.doesNotMatch(page, /alert\(1\)<\/script>|(src|href)=|@import|url\((?!#arrow)/);
});

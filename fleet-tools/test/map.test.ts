import assert from "node:assert/strict";
import { test } from "node:test";
import { mapOf } from "../src/map/model.ts";
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

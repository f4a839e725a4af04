import assert from "node:assert/strict";
import { it } from "node:test";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { send } from "./support/http.js";
import { runs } from "./support/proxy.js";
import { lines } from "./support/rpc.js";
import { onEachRuntime } from "./support/workerd.js";

const fromHere = (path: string) => fileURLToPath(new URL(path, import.meta.url));

buildSync({
  entryPoints: [fromHere("fleet/facade-alone.js")],
  outfile: fromHere("dist/facade-alone.js"),
  bundle: true,
  format: "esm",
  platform: "neutral",
  conditions: ["workerd"],
  external: ["cloudflare:*"],
});

const push = (id: number, path: unknown, ...args: unknown[]) => ["push", ["pipeline", id, path, ...args]];
const ACCOUNT = push(0, ["account"], [7]);

onEachRuntime("The facade, where no check of the batch stands before it", "facade.capnp", (workerd) => {
  const answer = async (...messages: readonly unknown[]) => {
    const { status, text } = await send(workerd().port("facade"), "/", { method: "POST", body: lines(...messages) });
    return { status, last: text.split("\n").at(-1) ?? "" };
  };

  it("serves what is listed", async () => {
    assert.equal((await answer(push(0, ["hello"], ["x"]), ["pull", 1])).last, '["resolve",1,"Hello x"]');
    const body = [ACCOUNT, push(1, ["profile"], []), push(2, ["name"]), ["pull", 3]];
    assert.equal((await answer(...body)).last, '["resolve",3,"acct-7"]');
  });

  for (const path of ["echo", "fetch", "connect", "constructor", "__proto__", "env", "dup", "then", "stub"]) {
    it(`calls no ${path}, of the main object or of a returned one`, async () => {
      const before = await runs(workerd(), "accounts");
      assert.match((await answer(push(0, [path], ["x"]), ["pull", 1])).last, /is not a function/);
      assert.equal(await runs(workerd(), "accounts"), before);
      assert.match((await answer(ACCOUNT, push(1, [path], []), ["pull", 2])).last, /is not a function/);
      assert.match((await answer(push(0, ["secret"], []), push(1, [path], []), ["pull", 2])).last, /is not a function/);
      // Or fewer: the library does not wait for an object of which it is asked what every object has.
      assert.ok((await runs(workerd(), "accounts")) <= before + 2);
    });
  }

  it("passes errors without their properties, where none is listed", async () => {
    const error = [push(0, ["types"], []), push(1, ["error"]), ["pull", 2]];
    assert.equal((await answer(...error)).last, '["resolve",2,["error","TypeError","te"]]');
    assert.equal((await answer(push(0, ["boom"], []), ["pull", 1])).last, '["reject",1,["error","BoomError","boom"]]');
  });

  for (const path of [["close"], ["profile", "call"], ["profile", "constructor"], ["balance"]]) {
    it(`calls no ${path.join(".")} of a returned object`, async () => {
      const before = await runs(workerd(), "accounts");
      assert.match((await answer(ACCOUNT, push(1, path, []), ["pull", 2])).last, /is not a function/);
      assert.equal(await runs(workerd(), "accounts"), before + 1);
    });
  }

  it("has no property that tells anything", async () => {
    for (const path of ["env", "stub", "constructor", "__proto__", "prototype"]) {
      assert.equal((await answer(push(0, [path]), ["pull", 1])).last, '["resolve",1,["undefined"]]');
      assert.equal((await answer(ACCOUNT, push(1, [path]), ["pull", 2])).last, '["resolve",2,["undefined"]]');
    }
  });
});

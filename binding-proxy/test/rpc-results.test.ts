import assert from "node:assert/strict";
import { it } from "node:test";
import { problem, runs } from "./support/proxy.js";
import { answerOf, batch, callOf, lines, served } from "./support/rpc.js";
import { onEachRuntime } from "./support/workerd.js";

onEachRuntime("A result that is not plain data", "rpc.capnp", (workerd) => {
  for (const [method, why] of [
    ["aFunction", /a function, or an object with methods/],
    ["nestedFunction", /a function, or an object with methods/],
    ["unlistedReturns", /a function, or an object with methods/],
    ["nestedObject", /a function, or an object with methods/],
    ["aMap", /the type Map/],
    ["aSet", /the type Set/],
    ["aRegExp", /the type RegExp/],
    ["aResponse", /the type Response/],
    ["aRequest", /the type Request/],
    ["headers", /the type Headers/],
    ["stream", /the type ReadableStream/],
    ["cycle", /nested deeper than 64 levels, or holds itself/],
  ] as const) {
    it(`${method}: that call alone is rejected, and its method ran once`, async () => {
      const before = await runs(workerd(), "accounts");
      const body = lines(
        ["push", ["pipeline", 0, [method], []]],
        ["push", ["pipeline", 0, ["hello"], ["x"]]],
        ["pull", 1],
        ["pull", 2],
      );
      const messages = new Map((await served(workerd(), body)).map((m) => [(m as unknown[])[1], m as unknown[]]));
      const [kind, , error] = messages.get(1) ?? [];
      const [tag, name, message, stack, properties] = error as unknown[];
      assert.deepEqual([kind, tag, name, stack], ["reject", "error", "BindingProxyError", null]);
      assert.match(String(message), why);
      assert.deepEqual(properties, { bindingProxyCode: "RESULT_NOT_DATA" });
      assert.deepEqual(messages.get(2), ["resolve", 2, "Hello x"]);
      assert.equal(await runs(workerd(), "accounts"), before + 2);
    });
  }

  it("64 levels pass, 65 do not", async () => {
    assert.match(JSON.stringify(await answerOf(workerd(), "deep", 64)), /"resolve".*"bottom"/);
    assert.match(JSON.stringify(await answerOf(workerd(), "deep", 65)), /RESULT_NOT_DATA/);
  });

  it("fetch of a returned object is nothing that a call can name, even where its class has one", async () => {
    const before = await runs(workerd(), "accounts");
    const secret = ["push", ["pipeline", 0, ["secret"], []]];
    const body = lines(secret, ["push", ["pipeline", 1, ["fetch"], ["https://x.invalid/"]]], ["pull", 2]);
    problem(await batch(workerd(), body), "FORBIDDEN", 403, "not-dispatched");
    assert.equal(await runs(workerd(), "accounts"), before);
  });

  it("a result cannot change the prototype of anything", async () => {
    assert.deepEqual(await answerOf(workerd(), "proto"), ["resolve", 1, { ok: 1 }]);
  });
});

const LARGE = ["push", ["pipeline", 0, ["large"], [9 << 20]]];

onEachRuntime("A batch that ends without its answer", "rpc.capnp", (workerd) => {
  it("an answer over 16 MiB: BODY_TOO_LARGE, and both calls ran", async () => {
    const before = await runs(workerd(), "accounts");
    const answer = await batch(workerd(), lines(LARGE, LARGE, ["pull", 1], ["pull", 2]));
    assert.match(problem(answer, "BODY_TOO_LARGE", 413, "dispatch-threw").detail, /answer.*16 MiB.*may have run/);
    assert.equal(await runs(workerd(), "accounts"), before + 2);
  });

  it("the same results one at a time", async () => {
    const [, , text] = (await answerOf(workerd(), "large", 9 << 20)) as [string, number, string];
    assert.equal(text.length, 9 << 20);
  });

  for (const [title, body] of [
    ["a result over 16 MiB", callOf("large", 17 << 20)],
    [
      "results over 16 MiB together that are arguments alone",
      lines(
        LARGE,
        LARGE,
        [
          "push",
          [
            "pipeline",
            0,
            ["echo"],
            [
              ["pipeline", 1],
              ["pipeline", 2],
            ],
          ],
        ],
        ["pull", 3],
      ),
    ],
    ["a small result that would be 2^40 texts when written out", callOf("bomb")],
  ] as const) {
    it(`${title}: BODY_TOO_LARGE`, async () => {
      problem(await batch(workerd(), body), "BODY_TOO_LARGE", 413, "dispatch-threw");
    });
  }

  it("a target that does not answer in time: TIMED_OUT, and it ran", async () => {
    const before = await runs(workerd(), "accounts");
    const body = lines(
      ["push", ["pipeline", 0, ["hello"], ["x"]]],
      ["push", ["pipeline", 0, ["slow"], [3_600_000]]],
      ["pull", 1],
      ["pull", 2],
    );
    problem(await batch(workerd(), body, { timeout: "200" }), "TIMED_OUT", 503, "dispatch-threw");
    assert.equal(await runs(workerd(), "accounts"), before + 2);
  });

  it("an answer in time is not touched", async () => {
    assert.deepEqual(await served(workerd(), callOf("slow", 50), { timeout: "60000" }), [["resolve", 1, "slow50"]]);
  });
});

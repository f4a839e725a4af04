import assert from "node:assert/strict";
import { it } from "node:test";
import { runs } from "./support/proxy.js";
import { call, callOn, refused, WireSession } from "./support/rpc-session.js";
import { onEachRuntime } from "./support/workerd.js";

const HELLO = call("hello", "x");
const push = (id: number, path: unknown, ...args: unknown[]) => ["push", ["pipeline", id, path, ...args]];
const nested = (levels: number): unknown => (levels === 0 ? "bottom" : { in: nested(levels - 1) });
/** 200,000 calls of the target, by 1.6 KB, if the library ran it. */
const bomb = [
  "remap",
  0,
  [],
  [],
  Array(100).fill(["remap", 0, [], [["import", 0]], [["pipeline", -1, ["hello"], []]]]),
];

/** Pushes that are refused by themselves. */
const REFUSED: readonly (readonly [title: string, push: unknown, code: string, says?: RegExp])[] = [
  ["an unlisted method", call("nope"), "FORBIDDEN", /"nope" is not listed under "methods"/],
  ["fetch", call("fetch", "https://x.invalid"), "FORBIDDEN"],
  ["constructor", call("constructor"), "FORBIDDEN"],
  ["a path through the main object", push(0, ["env", "SECRET"], []), "FORBIDDEN"],
  ["a property of the main object", push(0, ["hello"]), "FORBIDDEN", /read as a property/],
  ["an unlisted method of an object", callOn(1, "close"), "FORBIDDEN"],
  ["an object as an argument", push(0, ["echo"], [["pipeline", 1]]), "FORBIDDEN", /arguments are data/],
  ["a remap bomb", ["push", bomb], "BAD_REQUEST", /A pushed expression must be/],
  ["a remap in the arguments", call("echo", bomb), "BAD_REQUEST", /form "remap"/],
  ["a function of the caller's", call("echo", ["export", -1]), "BAD_REQUEST", /form "export"/],
  ["a promise of the caller's", call("echo", ["promise", -1]), "BAD_REQUEST", /form "promise"/],
  ["a stream", call("echo", ["readable", 1]), "BAD_REQUEST", /form "readable"/],
  ["a Response", call("echo", ["response", null, {}]), "BAD_REQUEST"],
  ["a literal", ["push", { a: 1 }], "BAD_REQUEST"],
  ["65 levels", call("echo", nested(62)), "BAD_REQUEST", /deeper than 64 levels/],
  ["65 uses of a result", call("echo", ...Array<unknown>(65).fill(["pipeline", 2])), "BODY_TOO_LARGE"],
  ["an id that was never pushed", callOn(77, "hello"), "BAD_REQUEST", /no earlier one has pushed/],
  ["an id of an object that was never returned", callOn(-2, "hello"), "BAD_REQUEST"],
];

/** Messages that end the session. */
const FATAL: readonly (readonly [title: string, message: string | Buffer, code?: string])[] = [
  ["no JSON", "x"],
  ["nothing", ""],
  ["two messages", `${JSON.stringify(HELLO)}\n${JSON.stringify(HELLO)}`],
  ["an object", '{"push":1}'],
  ["text", '"push"'],
  ["bytes", Buffer.from(JSON.stringify(HELLO))],
  ...["remap", "stream", "pipe", "export", "resolve", "reject"].map(
    (kind) => [`the message ${kind}`, JSON.stringify([kind, 1, []])] as const,
  ),
  ["a push of two expressions", JSON.stringify([...HELLO, 1])],
  ["a pull of the main object", '["pull",0]'],
  ["a pull of what was not pushed", '["pull",2]'],
  ["a pull of an object's id", '["pull",-1]'],
  ["a second pull", '["pull",1]'],
  ["a release of the main object", '["release",0,1]'],
  ["a release of what was not pushed", '["release",2,1]'],
  ["a release of twice what there is", '["release",1,2]'],
  ["1 MiB and one character", JSON.stringify(call("echo", "x".repeat(1 << 20))), "BODY_TOO_LARGE"],
  ["a million brackets", "[".repeat(1_000_000)],
];

onEachRuntime("What a session refuses", "rpc.capnp", (workerd) => {
  it("calls that ask for too much are refused by themselves, and run nothing", async () => {
    const session = await WireSession.open(workerd());
    await session.send(call("account", 7), call("getUser", 5), ["pull", 1], ["pull", 2]).answers(2);
    const before = await runs(workerd(), "accounts");
    session.send(...REFUSED.flatMap(([, push], i) => [push, ["pull", i + 3]]));
    for (const [title, , code, says] of REFUSED) {
      const answer = (await session.next()) as unknown[];
      assert.equal(answer[1], REFUSED.findIndex(([other]) => other === title) + 3);
      const told = refused(answer, code);
      if (says) assert.match(told, says, title);
    }
    const after = REFUSED.length + 3;
    session.send(HELLO, ["pull", after]);
    assert.deepEqual(await session.next(), ["resolve", after, "Hello x"]);
    assert.equal(await runs(workerd(), "accounts"), before + 1);
    session.end();
  });

  it("what builds on a refused call is refused with the same words", async () => {
    const session = await WireSession.open(workerd());
    session.send(call("nope"), callOn(1, "profile"), push(0, ["echo"], [["pipeline", 2]]), ["pull", 2], ["pull", 3]);
    for (const answer of await session.answers(2)) assert.match(refused(answer, "FORBIDDEN"), /"nope" is not listed/);
    session.end();
  });

  for (const [title, message, code = "BAD_REQUEST"] of FATAL) {
    it(`${title}: the session ends with ${code}, and nothing of it ran`, async () => {
      const session = await WireSession.open(workerd());
      session.send(call("hello", "first"), ["pull", 1]);
      assert.deepEqual(await session.next(), ["resolve", 1, "Hello first"]);
      const before = await runs(workerd(), "accounts");
      session.webSocket.frame(typeof message === "string" ? 1 : 2, Buffer.from(message));
      session.send(HELLO, ["pull", 2]);
      const { close, lastCall } = await session.aborted(code);
      assert.equal(close.code, code === "BAD_REQUEST" ? 4500 : 4413);
      assert.equal(lastCall, 1);
      assert.equal(await runs(workerd(), "accounts"), before);
    });
  }
});

import assert from "node:assert/strict";
import { it } from "node:test";
import { RpcTarget } from "capnweb";
import { answerOf } from "./support/rpc.js";
import { call, refused, sessionOf, WireSession } from "./support/rpc-session.js";
import { onEachRuntime } from "./support/workerd.js";

interface Accounts extends RpcTarget {
  hello(name: string): string;
  echo(...values: unknown[]): unknown[];
  visit(values: unknown[], visitor: (value: unknown) => unknown): unknown[];
  listen(arg: { listener: RpcTarget }): unknown[];
}

class Listener extends RpcTarget {
  onProgress(percent: number) {
    return `at ${percent}`;
  }
  onSecret() {
    return "secret";
  }
}

const EXPORT = ["export", -1];

onEachRuntime("Callbacks of a session", "rpc.capnp", (workerd) => {
  it("a function that the caller passes is called by the target, with data of every kind, and is released", async () => {
    const { main, session, end } = await sessionOf<Accounts>(workerd());
    const values = [1, "x", null, 2n ** 70n, new Date(0), [[1]], { a: { b: 1 } }];
    const seen: unknown[] = [];
    const returned = await main.visit(values, (value) => {
      seen.push(value);
      return [value];
    });
    assert.deepEqual(seen, values);
    assert.deepEqual(
      returned,
      values.map((value) => [value]),
    );
    assert.equal(await main.hello("a"), "Hello a");
    assert.deepEqual(session.getStats(), { imports: 1, exports: 1 });
    end();
  });

  it("what the function throws, the target gets as an error, whatever it is", async () => {
    const { main, end } = await sessionOf<Accounts>(workerd());
    const returned = await main.visit([1, 2], (value) => {
      throw value === 1 ? new RangeError("no") : "text";
    });
    assert.deepEqual(returned, ["RangeError: no", "Error: text"]);
    end();
  });

  it("what the function returns is data, or the target gets an error", async () => {
    const { main, end } = await sessionOf<Accounts>(workerd());
    const [said] = await main.visit([1], () => () => "a function");
    assert.match(said as string, /^TypeError: What the caller returned can't be read: .*"export"/);
    end();
  });

  it("of an object the target can call the listed methods, and no other", async () => {
    const { main, end } = await sessionOf<Accounts>(workerd());
    const [progress, secret] = await main.listen({ listener: new Listener() });
    assert.equal(progress, "at 50");
    assert.match(secret as string, /does not implement the method "onSecret"/);
    end();
  });

  it("a method that is not listed with callbacks takes none, and no batch does", async () => {
    const session = await WireSession.open(workerd());
    session.send(call("echo", EXPORT), ["pull", 1]);
    assert.match(
      refused((await session.next()) as unknown[], "BAD_REQUEST"),
      /"export", which the proxy does not serve/,
    );
    session.end();
    await assert.rejects(answerOf(workerd(), "visit", [[1]], EXPORT), /"export\\", which the proxy does not serve/);
  });

  it("on the wire: push, pull, release, and the export is released when the call is over", async () => {
    const session = await WireSession.open(workerd());
    session.send(call("visit", [[5]], EXPORT), ["pull", 1]);
    assert.deepEqual(await session.next(), ["push", ["pipeline", -1, [], [5]]]);
    assert.deepEqual(await session.next(), ["pull", 1]);
    session.send(["resolve", 1, "five"]);
    assert.deepEqual(await session.next(), ["release", 1, 1]);
    const rest = [await session.next(), await session.next()].map((message) => JSON.stringify(message)).sort();
    assert.deepEqual(rest, ['["release",-1,1]', '["resolve",1,[["five"]]]']);
    session.end();
  });

  it("a function of a call that is never made is released", async () => {
    const session = await WireSession.open(workerd());
    session.send(call("boom"), call("visit", ["pipeline", 1], EXPORT), ["pull", 2]);
    const told = [await session.next(), await session.next()].map((message) => JSON.stringify(message)).sort();
    assert.match(told.join(), /^\["reject",2,.*boom.*\["release",-1,1\]$/);
    session.end();
  });

  it("a target can keep a function, which lives until it is let go of", async () => {
    const session = await WireSession.open(workerd());
    session.send(call("keep", EXPORT), ["pull", 1]);
    assert.deepEqual(await session.next(), ["resolve", 1, ["undefined"]]);
    assert.deepEqual(await session.next(), ["push", ["pipeline", -1, [], ["late"]]]);
    assert.deepEqual(await session.next(), ["pull", 1]);
    session.send(["resolve", 1, "later"]);
    assert.deepEqual(
      [await session.next(), await session.next()],
      [
        ["release", 1, 1],
        ["release", -1, 1],
      ],
    );
    session.end();
  });

  it("an answer that nobody waits for ends the session, and so does a second one", async () => {
    const session = await WireSession.open(workerd());
    session.send(["resolve", 1, "x"]);
    assert.match((await session.aborted("BAD_REQUEST")).says, /did not make/);
    const other = await WireSession.open(workerd());
    other.send(call("visit", [[1, 2]], EXPORT));
    assert.equal(((await other.next()) as unknown[])[0], "push");
    other.send(["resolve", 1, 1], ["resolve", 1, 1]);
    let next: unknown;
    do next = await other.webSocket.next();
    while (typeof next === "string" && !next.startsWith('["abort"'));
    assert.match(String(next), /BAD_REQUEST/);
  });

  it("64 callbacks at most, and more are refused by themselves", async () => {
    const session = await WireSession.open(workerd());
    session.send(call("visit", [[]], ...Array.from({ length: 65 }, (_, i) => ["export", -1 - i])), ["pull", 1]);
    assert.match(refused((await session.next()) as unknown[], "BODY_TOO_LARGE"), /at most 64 callbacks/);
    session.send(call("hello", "x"), ["pull", 2]);
    assert.deepEqual(await session.next(), ["resolve", 2, "Hello x"]);
    session.end();
  });

  it("when the caller is gone while the target waits for it, the target is told", async () => {
    const session = await WireSession.open(workerd());
    session.send(call("visit", [[1]], EXPORT), ["pull", 1]);
    assert.equal(((await session.next()) as unknown[])[0], "push");
    session.end();
    // And the proxy serves on.
    const other = await WireSession.open(workerd());
    assert.deepEqual(await other.send(call("hello", "x"), ["pull", 1]).next(), ["resolve", 1, "Hello x"]);
    other.end();
  });
});

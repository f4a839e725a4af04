import assert from "node:assert/strict";
import { it } from "node:test";
import { runs } from "./support/proxy.js";
import { call, callOn, refused, WireSession } from "./support/rpc-session.js";
import { onEachRuntime, type Workerd } from "./support/workerd.js";

const HELLO = call("hello", "x");
const pulls = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => ["pull", from + i]);
const times = (count: number, message: unknown): readonly unknown[] => Array<unknown>(count).fill(message);
const kinds = (answers: readonly (readonly unknown[])[]) => answers.map(([kind]) => kind);

onEachRuntime("What a session may use", "rpc.capnp", (workerd) => {
  const few = () => WireSession.open(workerd(), { target: "FEW" });
  const small = (timeout?: string) =>
    WireSession.open(workerd(), { target: "SMALL", ...(timeout !== undefined && { timeout }) });

  it("calls in flight: one too many is refused by itself, and there is room again when one has ended", async () => {
    const session = await few();
    session.send(call("slow", 50), call("slow", 51), HELLO, ...pulls(1, 3));
    const [one, two, three] = await session.answers(3);
    assert.deepEqual(
      [one, two],
      [
        ["resolve", 1, "slow50"],
        ["resolve", 2, "slow51"],
      ],
    );
    assert.match(refused(three, "BODY_TOO_LARGE"), /at most 2 calls in flight/);
    assert.deepEqual(await session.send(HELLO, ["pull", 4]).next(), ["resolve", 4, "Hello x"]);
    session.end();
  });

  it("the arguments of calls in flight have at most 4 Mi characters together", async () => {
    const session = await WireSession.open(workerd());
    session.send(...times(5, call("slow", 10_000, "x".repeat(1e6))), ["pull", 5]);
    assert.match(refused((await session.next()) as unknown[], "BODY_TOO_LARGE"), /4194304 characters/);
    session.end();
  });

  it("results that are not released: no more than there may be, and a flood of them ends the session", async () => {
    const session = await few();
    for (let id = 1; id <= 4; id++) await session.send(HELLO, ["pull", id]).next();
    assert.match(refused((await session.send(HELLO, ["pull", 5]).next()) as unknown[], "BODY_TOO_LARGE"), /Release/);
    session.send(["release", 1, 1], ["release", 5, 1], HELLO, ["pull", 6]);
    assert.deepEqual(await session.next(), ["resolve", 6, "Hello x"]);
    session.end();
    const flood = await few();
    flood.send(...times(9, call("nope")));
    assert.match((await flood.aborted("BODY_TOO_LARGE")).says, /releases nothing|at most 8 calls/);
  });

  it("calls in all: those in flight end, none follows, and the caller learns which was the last", async () => {
    const session = await few();
    const before = await runs(workerd(), "accounts");
    for (let id = 1; id <= 6; id++) await session.send(HELLO, ["pull", id], ["release", id, 1]).next();
    session.send(call("slow", 50), HELLO, HELLO, ["pull", 9], ["pull", 7]);
    const told = (await session.next()) as unknown[];
    assert.match(refused(told[1] === 9 ? told : undefined, "BODY_TOO_LARGE"), /at most 8 calls. Open another/);
    assert.deepEqual(await session.next(), ["resolve", 7, "slow50"]);
    const { lastCall, close } = await session.aborted("BODY_TOO_LARGE");
    assert.deepEqual([lastCall, close.code], [8, 4413]);
    assert.equal(await runs(workerd(), "accounts"), before + 8);
  });

  it("bytes that come in", async () => {
    const session = await small();
    assert.deepEqual(await session.send(call("slow", 20, "x".repeat(900)), ["pull", 1]).next(), [
      "resolve",
      1,
      "slow20",
    ]);
    session.send(call("hello", "x".repeat(100)));
    assert.match((await session.aborted("BODY_TOO_LARGE")).says, /received more than 1000 bytes/);
  });

  it("bytes that go out: the result that is too much still goes", async () => {
    const session = await small();
    session.send(call("hello", "x".repeat(600)), ["pull", 1]);
    assert.match(JSON.stringify(await session.next()), /^\["resolve",1,"Hello x+"\]$/);
    assert.match((await session.aborted("BODY_TOO_LARGE")).says, /sent more than 500 bytes/);
  });

  it("the time of the session, which Binding-Proxy-Timeout-Ms can shorten: calls in flight end", async () => {
    const session = await small("50");
    session.send(call("slow", 150), ["pull", 1]);
    assert.deepEqual(await session.next(), ["resolve", 1, "slow150"]);
    const { close, lastCall } = await session.aborted("TIMED_OUT");
    assert.deepEqual([close.code, lastCall], [4503, 1]);
  });

  it("time without a call, whatever a half-open socket does; a call in flight does not count", async () => {
    const [idle, busy, headersOnly] = await Promise.all([small(), small(), small("50;headers")]);
    busy.send(call("slow", 1200), ["pull", 1]);
    idle.webSocket.socket.pause();
    const first = await headersOnly.aborted("TIMED_OUT");
    assert.match(first.says, /idle for 1 seconds/);
    assert.deepEqual(await busy.next(), ["resolve", 1, "slow1200"]);
    idle.webSocket.socket.resume();
    await idle.aborted("TIMED_OUT");
    busy.end();
  });

  it("a result of 17 MB rejects its call alone", async () => {
    const session = await WireSession.open(workerd());
    session.send(call("large", 17e6), HELLO, ...pulls(1, 2));
    const [large, hello] = await session.answers(2);
    assert.match(JSON.stringify(large), /^\["reject",1,.*The method ran.*"bindingProxyCode":"BODY_TOO_LARGE"\}\]\]$/);
    assert.deepEqual(hello, ["resolve", 2, "Hello x"]);
    session.end();
  });

  it("a message goes out with 16 MiB in bytes at most, whatever its characters", async () => {
    const session = await WireSession.open(workerd());
    const umlauts = (16 << 20) / 2 - 20;
    for (const [id, character, length, kind] of [
      [1, "\u00fc", umlauts, "resolve"],
      [2, "\u00fc", umlauts + 20, "reject"],
      [3, "\u20ac", 5.6e6, "reject"],
      [4, "\u20ac", 5.5e6, "resolve"],
      [5, "\ud83d\ude00", 4.1e6, "resolve"],
      [6, "\ud83d\ude00", 4.3e6, "reject"],
    ] as const) {
      session.send(call("largeOf", character, length), ["pull", id]);
      assert.deepEqual(((await session.next()) as unknown[]).slice(0, 2), [kind, id], character);
      session.send(["release", id, 1]);
    }
    session.end();
  });

  it("16 MiB of results that are not released, parts of them too, and room again after their release", async () => {
    const session = await WireSession.open(workerd());
    // An item of a list is kept, under an id of its own, when the list is released.
    for (const id of [1, 5, 9]) {
      session.send(call("large", 3e6), ["push", ["pipeline", 0, ["echo"], [["pipeline", id]]]]);
      session.send(["push", ["pipeline", id + 1, [0]]], ["push", ["pipeline", id + 1, ["none"]]], ["pull", id + 3]);
      assert.deepEqual(await session.next(), ["resolve", id + 3, ["undefined"]]);
      session.send(["release", id, 1], ["release", id + 1, 1]);
    }
    session.send(call("large", 8e6), ["pull", 13]);
    assert.match(JSON.stringify(await session.next()).slice(0, 400), /^\["reject",13,.*"BODY_TOO_LARGE"/);
    session.send(["release", 3, 1], call("large", 8e6), ["pull", 14]);
    assert.equal(JSON.stringify(await session.next()).length, 8e6 + 17);
    session.end();
  });

  it("a result is an argument again and again, as long as the copies in use at once are within 16 MiB", async () => {
    const session = await WireSession.open(workerd());
    const use = ["push", ["pipeline", 0, ["slow"], [10, ["pipeline", 1]]]];
    session.send(call("large", 7e6), use, ["pull", 2], use, ["pull", 3], use, ["pull", 4]);
    assert.deepEqual(kinds(await session.answers(3)).sort(), ["reject", "resolve", "resolve"]);
    session.send(use, ["pull", 5]);
    assert.deepEqual(await session.next(), ["resolve", 5, "slow10"]);
    session.end();
  });

  it("a result that is not data rejects its call alone", async () => {
    const session = await WireSession.open(workerd());
    const methods = ["aFunction", "nestedObject", "aMap", "aResponse", "stream", "unlistedReturns", "cycle", "deep"];
    session.send(...methods.map((method) => call(method, 100)), ...pulls(1, methods.length));
    for (const answer of await session.answers(methods.length)) {
      assert.match(JSON.stringify(answer), /^\["reject",.*"bindingProxyCode":"RESULT_NOT_DATA"\}\]\]$/);
    }
    session.end();
  });

  it("three calls run at first, and at most ten", async () => {
    const session = await WireSession.open(workerd());
    session.send(...times(64, call("atOnce", 40)), ...pulls(1, 64));
    const answers = (await session.answers(64)) as unknown as [string, number, [[number, number]]][];
    const seen = answers.map(([, , [[, underWay]]]) => underWay);
    assert.deepEqual(seen.slice(0, 3), [1, 2, 3]);
    assert.equal(Math.max(...seen), 10);
    session.end();
  });

  it("when the caller is gone, no further call starts", async () => {
    const before = await runs(workerd(), "accounts");
    const session = await WireSession.open(workerd());
    session.send(...times(30, call("slow", 1000)), call("hello", "x"), ["pull", 31]);
    await started(workerd(), before);
    session.end(); // Before the first calls end, however busy the machine is.
    await session.webSocket.next();
    const other = await WireSession.open(workerd());
    await other.send(call("slow", 1300), ["pull", 1]).next(); // Until after they ended.
    other.end();
    assert.ok((await runs(workerd(), "accounts")) <= before + 10 + 1);
  });

  it("when the proxy ended a session, no further call starts and nothing is kept, though the socket is still open", async () => {
    const before = await runs(workerd(), "accounts");
    const session = await WireSession.open(workerd());
    await session.send(call("ticking"), ["pull", 1]).next();
    session.send(...times(30, call("slow", 100)), ["wat"]);
    await session.aborted("BAD_REQUEST");
    while (await ticks(workerd()));
    const other = await WireSession.open(workerd());
    await other.send(call("slow", 400), ["pull", 1]).next();
    other.end();
    assert.ok((await runs(workerd(), "accounts")) < before + 30);
    session.end();
  });

  it("an object that is released, or whose session is over, is let go of at the target", async () => {
    const session = await WireSession.open(workerd());
    assert.deepEqual(await session.send(call("ticking"), ["pull", 1]).next(), ["resolve", 1, ["export", -1]]);
    assert.ok(await ticks(workerd()), "it lives");
    session.send(["release", 1, 1], callOn(-1, "profile"), ["pull", 2]);
    assert.match(JSON.stringify(await session.next()), /acct-0/);
    session.send(["release", -1, 1]);
    while (await ticks(workerd()));
    await session.send(call("ticking"), ["pull", 3]).next();
    assert.ok(await ticks(workerd()), "the next lives");
    session.webSocket.close();
    while (await ticks(workerd()));
  });
});

async function started(workerd: Workerd, before: number): Promise<void> {
  while ((await runs(workerd, "accounts")) === before);
}

/** Whether an object still counts. */
async function ticks(workerd: Workerd): Promise<boolean> {
  const session = await WireSession.open(workerd);
  session.send(call("ticks"), ["pull", 1], call("slow", 30), ["pull", 2]);
  const [[, , before]] = (await session.answers(2)) as unknown as [[string, number, number]];
  const [, , after] = (await session.send(call("ticks"), ["pull", 3]).next()) as [string, number, number];
  session.end();
  return after > before;
}

import assert from "node:assert/strict";
import { it } from "node:test";
import { problem, runs } from "./support/proxy.js";
import { answerOf, batch, lines, served } from "./support/rpc.js";
import { onEachRuntime, type Workerd } from "./support/workerd.js";

const call = (method: string, ...args: readonly unknown[]) => ["push", ["pipeline", 0, [method], args]];
const pulls = (count: number) => Array.from({ length: count }, (_, i) => ["pull", i + 1]);
const times = (count: number, message: unknown): readonly unknown[] => Array<unknown>(count).fill(message);

/** How many calls ran of a batch that is too large. */
async function runsOfTooLarge(workerd: Workerd, ...messages: readonly unknown[]): Promise<number> {
  const before = await runs(workerd, "accounts");
  problem(await batch(workerd, lines(...messages)), "BODY_TOO_LARGE", 413, "dispatch-threw");
  return (await runs(workerd, "accounts")) - before;
}

onEachRuntime("What a batch may use at once", "rpc.capnp", (workerd) => {
  /** How many calls were under way when each of them started, in the order of the batch. */
  async function underWay(...messages: readonly unknown[]): Promise<readonly number[]> {
    const answers = await served(workerd(), lines(...messages, ...pulls(messages.length)));
    const byId = (answers as [string, number, [[number, number]]][]).sort(([, a], [, b]) => a - b);
    const results = byId.map(([, , [result]]) => result);
    const first = results[0]?.[0] ?? NaN;
    assert.deepEqual(
      results.map(([started]) => started - first),
      results.map((_, i) => i),
      "they start in the order of the batch",
    );
    return results.map(([, underWay]) => underWay);
  }

  it("three calls are under way at the same time, and more when results are small and take their time", async () => {
    const seen = await underWay(...times(64, call("atOnce", 40)));
    assert.deepEqual(seen.slice(0, 3), [1, 2, 3]);
    assert.equal(Math.max(...seen), 10);
  });

  it("no more are under way than have room, if each brings as much as the largest result so far", async () => {
    const large = call("slowLarge", 30, 4 << 20);
    const messages = [large, ...times(20, call("atOnce", 30))];
    const answers = (await served(workerd(), lines(...messages, ...pulls(21)))) as [
      string,
      number,
      [[number, number]],
    ][];
    const seen = answers.filter(([, id]) => id > 1).map(([, , [[, underWay]]]) => underWay);
    assert.equal(Math.max(...seen), 2);
  });

  it("calls that wait for results hold up nobody", async () => {
    const chain = (from: number) => ["push", ["pipeline", 0, ["echo"], [["pipeline", from]]]];
    const messages = [call("slow", 20), chain(1), chain(2), chain(3), chain(4), call("hello", "x"), call("slow", 1)];
    assert.equal((await served(workerd(), lines(...messages, ...pulls(7)))).length, 7);
  });

  it("of 64 results of 31 MiB, three at most are there", async () => {
    const ran = await runsOfTooLarge(workerd(), ...times(64, call("large", 31 << 20)), ...pulls(64));
    assert.ok(ran <= 3, `${ran} ran`);
  });

  it("after 35 small results, ten large ones at most are there", async () => {
    const small = times(35, call("slowLarge", 40, 10));
    const large = times(29, call("slowLarge", 400, 9 << 20));
    const ran = await runsOfTooLarge(workerd(), ...small, ...large, ...pulls(64));
    assert.ok(ran > 35 && ran <= 35 + 10, `${ran} ran`);
  });

  it("of 64 errors with messages of 10 MB, three at most are there", async () => {
    const ran = await runsOfTooLarge(workerd(), ...times(64, call("largeError", 10e6)), ...pulls(64));
    assert.ok(ran <= 3, `${ran} ran`);
  });

  it("of an error that reads as the runtime's own, 1,000 characters are kept, and all of it counts", async () => {
    const error = call("largeError", 10e6, "Network connection lost");
    const [[, , [, , message]]] = (await served(workerd(), lines(error, ["pull", 1]))) as [
      [string, number, [string, string, string]],
    ];
    assert.match(message, /^The connection between .*Network connection lostx+$/);
    assert.ok(message.length < 1500, `${message.length} characters`);
    assert.ok((await runsOfTooLarge(workerd(), ...times(64, error), ...pulls(64))) <= 3);
  });

  it("of an error's message, 65,536 characters are kept", async () => {
    const [, , [, , message]] = (await answerOf(workerd(), "largeError", 1e6)) as [string, number, string[]];
    assert.equal(message, "x".repeat(64 << 10));
  });

  it("what an error has beside name and message counts, though nobody sees it", async () => {
    assert.deepEqual(await answerOf(workerd(), "hiddenInError", 10e6), ["reject", 1, ["error", "Error", "hidden"]]);
    const ran = await runsOfTooLarge(workerd(), ...times(64, call("hiddenInError", 10e6)), ...pulls(64));
    assert.ok(ran <= 3, `${ran} ran`);
  });

  it("an answer of many long and short results is whole", async () => {
    const lengths = [10, 3e6, 100e3, 64 << 10, (64 << 10) - 2, 1, 2e6, 30e3, 40e3, 50e3];
    const answers = (await served(
      workerd(),
      lines(...lengths.map((length) => call("large", length)), ...pulls(lengths.length)),
    )) as [string, number, string][];
    assert.deepEqual(
      answers.sort(([, a], [, b]) => a - b).map(([, , text]) => text.length),
      lengths,
    );
  });

  it("a result is an argument again and again only as long as all of it is within 16 MiB", async () => {
    const use = ["push", ["pipeline", 0, ["noop"], [["pipeline", 1]]]];
    const ran = await runsOfTooLarge(workerd(), call("large", 15e6), ...times(63, use), ...pulls(64));
    assert.ok(ran <= 2, `${ran} ran`);
    const once = await served(workerd(), lines(call("large", 15e6), use, ["pull", 2]));
    assert.deepEqual(once, [["resolve", 2, ["undefined"]]]);
  });

  it("a bigint of more than 16,384 digits rejects its call alone", async () => {
    const messages = [call("bigintOf", 16 << 20), call("bigintOf", 16 << 20), call("hello", "x")];
    const answers = (await served(workerd(), lines(...messages, ...pulls(3)))) as [string, number, unknown][];
    const byId = answers.sort(([, a], [, b]) => a - b);
    assert.deepEqual(
      byId.map(([kind]) => kind),
      ["reject", "reject", "resolve"],
    );
    assert.match(JSON.stringify(byId[0]), /RESULT_NOT_DATA|more than 16384 digits/);
    assert.match(
      JSON.stringify(await answerOf(workerd(), "bigintOf", 54_000)),
      /^\["resolve",1,\["bigint","\d{16256}"\]\]$/,
    );
  });
});

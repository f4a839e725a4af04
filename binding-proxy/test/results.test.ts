import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import "capnweb"; // Brings Promise.withResolvers to Node 20.
import { Allowance } from "../src/allowance.js";
import { Results } from "../src/results.js";

const MIB = 1 << 20;
const results = () => new Results(new Allowance(16 * MIB), new Set(["code"]));

/** Results of a batch that runs for a second already. */
function atLength(t: TestContext): Results {
  t.mock.timers.enable({ apis: ["Date"] });
  const made = results();
  t.mock.timers.tick(1000);
  return made;
}

const some = (count: number, result: (index: number) => void) => Array.from({ length: count }, (_, i) => result(i));

describe("How many calls of a batch may be under way", () => {
  it("three, as long as no result is known", (t) => {
    assert.equal(results().callsAtOnce, 3);
    assert.equal(atLength(t).callsAtOnce, 3);
  });

  it("one more with each result, up to 10", (t) => {
    const known = atLength(t);
    some(4, () => known.data({ id: 1 }));
    assert.equal(known.callsAtOnce, 7);
    some(50, () => known.data({ id: 1 }));
    assert.equal(known.callsAtOnce, 10);
  });

  it("one more in ten milliseconds: fast calls are done before", (t) => {
    t.mock.timers.enable({ apis: ["Date"] });
    const known = results();
    some(10, () => known.data(null));
    assert.equal(known.callsAtOnce, 3);
    t.mock.timers.tick(20);
    assert.equal(known.callsAtOnce, 5);
  });

  it("as many as have room with results as large as the largest, at least one", (t) => {
    const known = atLength(t);
    some(20, () => known.data("small"));
    known.data("x".repeat(2 * MIB));
    assert.equal(known.callsAtOnce, 6);
    known.data("x".repeat(5 * MIB));
    assert.equal(known.callsAtOnce, 1);
    known.data("x".repeat(5 * MIB));
    assert.equal(known.callsAtOnce, 1);
  });

  it("three again after a result that is not data, whose size nobody knows", (t) => {
    const known = atLength(t);
    some(20, () => known.data("small"));
    assert.throws(() => known.data(new Map([[1, "x".repeat(MIB)]])), /Map/);
    assert.equal(known.callsAtOnce, 3);
    known.data("small");
    assert.equal(known.callsAtOnce, 4);
    known.thrown(Object.assign(new Error("e"), { detail: () => {} }));
    assert.equal(known.callsAtOnce, 3);
  });

  it("errors are results: their messages count, and properties that nobody sees", (t) => {
    const known = atLength(t);
    some(4, () => known.thrown(new Error("small")));
    assert.equal(known.callsAtOnce, 7);
    known.thrown(new Error("x".repeat(4 * MIB)));
    assert.equal(known.callsAtOnce, 2);
    known.thrown(Object.assign(new Error("e"), { detail: { list: ["x".repeat(5 * MIB)] } }));
    assert.equal(known.callsAtOnce, 1);
    assert.throws(
      () => known.thrown(Object.assign(new Error("e"), { detail: "x".repeat(8 * MIB) })),
      /too much memory/,
    );
  });
});

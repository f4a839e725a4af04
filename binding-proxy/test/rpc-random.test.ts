import assert from "node:assert/strict";
import { it } from "node:test";
import { RpcTarget } from "capnweb";
import { Allowance } from "../src/allowance.js";
import { BatchAnswer } from "../src/batch-answer.js";
import { BatchRun } from "../src/batch-run.js";
import type { RemoteObject } from "../src/method-call.js";
import { readBatch, type Batch } from "../src/batch.js";
import type { Method, Methods } from "../src/config-methods.js";
import { Refusal } from "../src/refusal.js";
import { answerOfLibrary } from "./support/session.js";

const METHODS: Methods = new Map<string, Method>([
  ["hello", {}],
  ["echo", {}],
  ["fail", {}],
  ["account", { returns: new Map([["profile", {}]]) }],
]);

const called: string[] = [];

class Account extends RpcTarget {
  profile() {
    return { name: "n", tags: ["a", { b: 1 }] };
  }
  close() {
    called.push("close");
  }
}

/** Has more than is listed, unlike the real facade: what the check lets pass must not reach it. */
class Main extends RpcTarget {
  hello(value: unknown) {
    noStubIn(value);
    return typeof value;
  }
  echo(...values: unknown[]) {
    noStubIn(values);
    return values;
  }
  fail(value: unknown) {
    noStubIn(value);
    throw Object.assign(new RangeError("failed"), { code: value });
  }
  account(value: unknown) {
    return [new Account(), null, undefined, { profile: 1 }][Number(value) & 3];
  }
  secret() {
    called.push("secret");
  }
  get property() {
    called.push("property");
    return 1;
  }
}

function noStubIn(value: unknown): void {
  if (typeof value === "function" || value instanceof RpcTarget) called.push("a stub as an argument");
  else if (typeof value === "object" && value !== null) Object.values(value).forEach(noStubIn);
}

/** The same numbers in every run. */
let state = 20261122;
function below(limit: number): number {
  state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
  return (state >> 8) % limit;
}
const oneOf = <T>(items: readonly T[]): T => items[below(items.length)] as T;
const some = <T>(make: () => T): T[] => Array.from({ length: below(3) }, make);

const LEAVES: readonly unknown[] = [
  ...[
    1,
    "s",
    null,
    true,
    -0,
    {},
    [[]],
    [["a"]],
    ["undefined"],
    ["undefined", 1],
    ["nan"],
    ["inf"],
    ["url", "https://x"],
  ],
  ...[
    ["date", 5],
    ["date", null],
    ["date", "x"],
    ["bigint", "5"],
    ["bigint", ""],
    ["bigint", " 5 "],
    ["bigint", "0x1"],
  ],
  ...[
    ["bytes", "AQ"],
    ["bytes", "A"],
    ["bytes", "AQ=="],
    ["bytes", "AQIDBA", "Float32Array"],
    ["bytes", "AQ", null],
  ],
  ...[
    ["error", "E", "m"],
    ["error", "AggregateError", "m", null, { errors: [[1]] }],
    ["error", "E", "m", 5],
  ],
  ...[
    ["error", "E", "m", null, { x: ["export", 1] }],
    ["export", 1],
    ["import", 1],
    ["remap", 1, [], [], []],
  ],
];
const PATHS: readonly unknown[] = [
  ...[["hello"], ["echo"], ["account"], ["profile"], ["close"], ["secret"], ["property"], ["name"], ["tags", 1, "b"]],
  ...[["constructor"], ["__proto__"], ["then"], [], ["hello", "name"], ["tags", -1], ["length"], [0], "hello"],
];
const KEYS = ["a", "b", "then", "length", "toString", "__proto__", "constructor"];

function value(depth = 0): unknown {
  if (depth > 4 || below(3) > 0) return below(4) > 0 ? oneOf(LEAVES) : ["pipeline", below(4), oneOf(PATHS)];
  switch (below(5)) {
    case 0:
      return [some(() => value(depth + 1))];
    case 1:
      return Object.defineProperty({}, oneOf(KEYS), { value: value(depth + 1), enumerable: true });
    case 2:
      return some(() => value(depth + 1));
    case 3:
      return ["error", "E", "m", null, { p: value(depth + 1) }];
    default:
      return ["pipeline", below(4)];
  }
}

function message(): unknown {
  switch (below(6)) {
    case 0:
      return ["push", ["pipeline", below(4), oneOf(PATHS), some(value)]];
    case 1:
      return ["push", ["pipeline", below(4), oneOf(PATHS)]];
    case 2:
      return ["pull", below(4)];
    case 3:
      return ["release", below(4), 1];
    case 4:
      return ["push", ["pipeline", 0, [oneOf(["echo", "account"])], some(value)]];
    default:
      return ["push", value()];
  }
}

const isObject = (value: unknown): value is RemoteObject => value instanceof RpcTarget;

const asArgument = (value: unknown): unknown => value;
const callsAtOnce = (): number => 3;
const answered = (): boolean => false;
const errorOf = (error: unknown): Error => error as Error;

async function answerOfProxy(batch: Batch): Promise<readonly string[]> {
  const answer = new BatchAnswer(new Allowance(1 << 20));
  const main = new Main() as unknown as RemoteObject;
  const run = new BatchRun({ main, isObject, asArgument, callsAtOnce, answered, errorOf });
  await run.answer(batch, answer);
  return (answer.body() as string).split("\n").filter((line) => line !== "");
}

/** In the order of their ids; those of objects count in the order of their sending. */
const sorted = (lines: readonly string[]) => lines.map((line) => line.replace(/"export",-\d+/, "an object")).sort();

/** A batch of calls that the check lets pass, for the most part: on each other, with each other's results. */
function plausibleBatch(): string[] {
  const pushes = Array.from({ length: 1 + below(6) }, (_, earlier) => {
    const id = 1 + below(Math.max(1, earlier));
    const reference = () => (below(2) > 0 ? ["pipeline", id] : ["pipeline", id, oneOf(DATA_PATHS)]);
    const argument = () => (earlier > 0 && below(2) > 0 ? reference() : oneOf(DATA));
    const args = oneOf([[], [below(4)], [argument()], [[[argument()]], { a: argument() }]]);
    switch (earlier === 0 ? below(4) : below(7)) {
      case 0:
        return ["push", ["pipeline", 0, ["account"], [below(4)]]];
      case 4:
        return ["push", ["pipeline", id, ["profile"], []]];
      case 5:
      case 6:
        return ["push", ["pipeline", id, oneOf(DATA_PATHS)]];
      default:
        return ["push", ["pipeline", 0, [oneOf(["hello", "echo", "echo", "fail"])], args]];
    }
  });
  const pulls = pushes.map((_, index) => ["pull", index + 1]).filter(() => below(4) > 0);
  return [...pushes, ...pulls].map((each) => JSON.stringify(each));
}

const DATA: readonly unknown[] = [
  ...[0, 3, "s", null, { b: [["c"]] }, [[1, [[2]]]], ["undefined"], ["nan"], ["date", 5], ["bigint", "5"]],
  ...[
    ["bytes", "AQ"],
    ["error", "TypeError", "m"],
    ["error", "E", "m", null, { stack: "s", p: [[1]] }],
  ],
];
const DATA_PATHS: readonly (string | number)[][] = [
  ...[["name"], ["tags", 0], ["tags", 1, "b"], ["tags", -1], ["tags", 0.5], ["tags", "0"], ["tags", "length"]],
  ...[[0], [0, "a"], [0, 0], [0, 0, "b"], [1, "a", "b", 0], ["name", "length"], ["a", "b", "c"], ["p"], []],
];

it("of 5,000 batches that make sense, each that the check lets pass is answered as the library does", async () => {
  let resolved = 0;
  let rejected = 0;
  for (let i = 0; i < 5_000; i++) {
    const lines = plausibleBatch();
    const checked = readBatch(lines.join("\n"), METHODS, "TARGET");
    if (checked instanceof Refusal) continue;
    const expected = await answerOfLibrary(lines, new Main());
    assert.deepEqual(sorted(await answerOfProxy(checked)), sorted(expected), lines.join("\n"));
    rejected += expected.filter((line) => line.startsWith('["reject"')).length;
    resolved += expected.filter((line) => line.startsWith('["resolve"')).length;
  }
  assert.deepEqual(called, []);
  assert.ok(resolved > 1000 && rejected > 1000, `${resolved} resolved, ${rejected} rejected`);
});

it("of 50,000 random batches, each that the check lets pass is answered as the library does, and reaches nothing unlisted", async () => {
  let passed = 0;
  for (let i = 0; i < 50_000; i++) {
    const batch = Array.from({ length: 1 + below(6) }, () => JSON.stringify(message())).join("\n");
    const checked = readBatch(batch, METHODS, "TARGET");
    if (checked instanceof Refusal) continue;
    passed++;
    try {
      const expected = await answerOfLibrary(batch.split("\n"), new Main());
      assert.deepEqual(called, [], batch);
      assert.deepEqual(sorted(await answerOfProxy(checked)), sorted(expected));
    } catch (error) {
      assert.fail(`${String(error)} in:\n${batch}`);
    }
    assert.deepEqual(called, [], batch);
  }
  assert.ok(passed > 1000, `only ${passed} passed`);
});

import assert from "node:assert/strict";
import { it } from "node:test";
import { RpcSession, RpcTarget } from "capnweb";
import { Allowance } from "../src/allowance.js";
import { checkBatch } from "../src/batch.js";
import { BatchTransport } from "../src/batch-transport.js";
import type { Methods } from "../src/config-methods.js";
import { Refusal } from "../src/refusal.js";

const METHODS: Methods = new Map<string, Methods | undefined>([
  ["hello", undefined],
  ["echo", undefined],
  ["account", new Map([["profile", undefined]])],
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
  account() {
    return new Account();
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

it("of 50,000 random batches, the library serves each that the check lets pass, and reaches nothing unlisted", async () => {
  let passed = 0;
  for (let i = 0; i < 50_000; i++) {
    const batch = Array.from({ length: 1 + below(6) }, () => JSON.stringify(message())).join("\n");
    const checked = checkBatch(batch, METHODS, "TARGET");
    if (checked instanceof Refusal) continue;
    passed++;
    const transport = new BatchTransport(checked.lines, new Allowance(1 << 20));
    const session = new RpcSession(transport, new Main());
    try {
      await transport.read;
      await session.drain();
    } catch (error) {
      assert.fail(`${String(error)} in:\n${batch}`);
    }
    assert.deepEqual(called, [], batch);
  }
  assert.ok(passed > 1000, `only ${passed} passed`);
});

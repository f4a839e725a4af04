import assert from "node:assert/strict";
import { it } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Allowance } from "../src/allowance.js";
import { BatchAnswer } from "../src/batch-answer.js";
import { BatchRun } from "../src/batch-run.js";
import type { RemoteObject } from "../src/method-call.js";
import { readBatch, type Batch } from "../src/batch.js";
import { lines } from "./support/rpc.js";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

const METHODS = new Map([
  ["make", {}],
  ["use", {}],
]);

it("a result is kept by nobody when it is in the answer and was passed to the call that uses it", async () => {
  let made: WeakRef<object> | undefined;
  const { promise: used, resolve: use } = Promise.withResolvers<void>();
  const { promise: end, resolve: finish } = Promise.withResolvers<string>();
  class Main {
    make() {
      const value = { text: "made" };
      made = new WeakRef(value);
      return Promise.resolve(value);
    }
    use({ text }: { text: string }) {
      use();
      return end.then(() => text);
    }
  }
  const messages = [
    ["push", ["pipeline", 0, ["make"], []]],
    ["push", ["pipeline", 0, ["use"], [["pipeline", 1]]]],
    ["push", ["pipeline", 1, ["text"]]],
    ...[1, 2, 3].map((id) => ["pull", id]),
  ];
  const batch = readBatch(lines(...messages), METHODS, "TARGET") as Batch;
  const answer = new BatchAnswer(new Allowance(1 << 20));
  const run = new BatchRun({
    main: new Main() as unknown as RemoteObject,
    isObject: (value): value is RemoteObject => value instanceof Main,
    asArgument: (value) => value,
    callsAtOnce: () => 3,
    answered: () => false,
    errorOf: (error) => error as Error,
  });
  const answered = run.answer(batch, answer);
  await used;
  await new Promise(setImmediate); // What was awaited is let go of in a turn of its own.
  collectGarbage();
  assert.equal(made?.deref(), undefined);

  finish("");
  await answered;
  assert.deepEqual((answer.body() as string).split("\n").sort(), [
    '["resolve",1,{"text":"made"}]',
    '["resolve",2,"made"]',
    '["resolve",3,"made"]',
  ]);
  assert.equal(batch.pushes.length, 3);
});

import assert from "node:assert/strict";
import { it } from "node:test";
import { readBatch } from "../src/batch.js";
import { Refusal } from "../src/refusal.js";
import { lines } from "./support/rpc.js";

const METHODS = new Map([
  ["hello", {}],
  ["account", { returns: new Map([["profile", {}]]) }],
]);
const push = (id: number, name: string) => ["push", ["pipeline", id, [name], []]];

function returnsObjects(...messages: readonly unknown[]): boolean {
  const batch = readBatch(lines(...messages), METHODS, "TARGET");
  assert.ok(!(batch instanceof Refusal));
  return batch.returnsObjects;
}

it("a batch of calls that return data leaves no object to let go", () => {
  assert.equal(returnsObjects(push(0, "hello"), ["pull", 1]), false);
});

it("a batch with a call that returns an object leaves one to let go, pulled or not, released or not", () => {
  assert.equal(returnsObjects(push(0, "account"), push(1, "profile"), ["pull", 2]), true);
  assert.equal(returnsObjects(push(0, "hello"), push(0, "account"), ["pull", 1]), true);
  assert.equal(returnsObjects(push(0, "account"), ["release", 1, 1]), true);
});

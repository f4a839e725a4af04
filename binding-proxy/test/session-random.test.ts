import assert from "node:assert/strict";
import { it } from "node:test";
import { BatchError } from "../src/batch-error.js";
import { readBatch } from "../src/batch.js";
import type { Method } from "../src/config-methods.js";
import { DEFAULT_LIMITS } from "../src/config-sessions.js";
import { Refusal } from "../src/refusal.js";
import { SessionReader, type SessionMessage } from "../src/session-reader.js";

const METHODS = new Map<string, Method>([
  ["hello", {}],
  ["echo", {}],
  ["visit", { callbacks: "functions" }],
  ["account", { returns: new Map([["profile", {}]]) }],
]);

/** The same numbers in every run. */
let state = 20261129;
function below(limit: number): number {
  state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
  return (state >> 8) % limit;
}
const oneOf = <T>(items: readonly T[]): T => items[below(items.length)] as T;

const id = () => below(6) - 1;
const VALUES: readonly (() => unknown)[] = [
  () =>
    oneOf<unknown>([
      1,
      "s",
      null,
      {},
      [[]],
      ["nan"],
      ["date", 5],
      ["bytes", "AQ"],
      ["bigint", "x"],
      [],
      { toString: 1 },
    ]),
  () => ["pipeline", id()],
  () => ["pipeline", id(), ["a"]],
  () => [oneOf(["export", "import", "remap", "readable", "promise"]), id()],
  () => [[value(), value()]],
  () => ({ a: value() }),
];
const value = (): unknown => oneOf(VALUES)();
const MESSAGES: readonly (() => unknown)[] = [
  () => ["push", ["pipeline", 0, [oneOf(["hello", "echo", "visit", "account", "close"])], [value()]]],
  () => ["push", ["pipeline", id(), [oneOf(["profile", "hello"])], []]],
  () => ["push", ["pipeline", id(), ["a"]]],
  () => ["pull", id()],
  () => ["release", id(), 1 + (below(20) > 0 ? 0 : 1)],
  () => (below(9) > 0 ? ["push", ["pipeline", 0, ["hello"], []]] : [oneOf(["stream", "pipe", "remap"]), value()]),
];

/** Undefined if it ends the session. */
function taken(reader: SessionReader, frame: unknown): SessionMessage | undefined {
  try {
    return reader.take(frame);
  } catch (error) {
    assert.ok(error instanceof BatchError, String(error));
    return undefined;
  }
}

it("a session takes the messages that a batch may have, and refuses or ends at one that a batch may not", () => {
  const count = { taken: 0, refused: 0, ended: 0 };
  for (let i = 0; i < 8_000; i++) {
    const reader = new SessionReader(METHODS, DEFAULT_LIMITS);
    const lines = Array.from({ length: 1 + below(6) }, () => JSON.stringify(oneOf(MESSAGES)()));
    // The two that a session alone has, or has not.
    const differs = lines.some((line) => line.includes('["visit"')) || new Set(lines).size < lines.length;
    let pushes = 0;
    let bad: "refused" | "ended" | undefined;
    for (const line of lines) {
      const message = taken(reader, line);
      if (message?.kind === "push" || message?.kind === "refused") assert.equal(message.id, ++pushes);
      if (message?.kind === "refused") bad ??= "refused";
      if (message !== undefined) continue;
      bad = "ended";
      break;
    }
    count[bad ?? "taken"]++;
    if (differs) continue;
    const batch = readBatch(lines.join("\n"), METHODS, "TARGET");
    assert.equal(bad !== undefined, batch instanceof Refusal, lines.join("\n"));
  }
  assert.ok(Math.min(count.taken, count.refused, count.ended) > 250, JSON.stringify(count));
});

it("20,000 frames of noise: each is taken, refused or ends the session, and nothing else is thrown", () => {
  const pieces = [
    '["push",',
    '["pipeline",0,',
    '["hello"]',
    "[1]",
    "]",
    "[",
    '"',
    "1",
    ",",
    "{",
    "}",
    '["pull",1]',
    "\\u",
  ];
  let reader = new SessionReader(METHODS, DEFAULT_LIMITS);
  for (let i = 0; i < 20_000; i++) {
    const line = JSON.stringify(oneOf(MESSAGES)());
    const at = below(line.length);
    const noise = Array.from({ length: below(8) }, () => oneOf(pieces)).join("");
    const frame = oneOf([noise, line.slice(0, at) + noise + line.slice(at), line.slice(0, at), line]);
    if (taken(reader, frame) === undefined || i % 50 === 0) reader = new SessionReader(METHODS, DEFAULT_LIMITS);
  }
});

import { BatchError, malformed, tooMany } from "./batch-error.js";
import { readPush, type Call, type Property } from "./batch-call.js";
import { Exports } from "./batch-exports.js";
import type { Methods } from "./config-methods.js";
import { quoteValue } from "./quote.js";
import { Refusal } from "./refusal.js";

/** Of each kind of message. */
const MOST_MESSAGES = 64;
const KINDS = ["push", "pull", "release"] as const;

/** A batch that may be served. */
export interface Batch {
  /** The first has the id 1. */
  readonly pushes: readonly (Call | Property)[];
  /** The ids of the results that are asked for. */
  readonly pulls: ReadonlySet<number>;
  /** Whether a call of it may return an object, to be let go in the end. */
  readonly returnsObjects: boolean;
}

/**
 * Reads a batch as the Cap'n Web library would, without calling anything, and refuses it whole if one line of it asks
 * for more than the listed methods. What it lets pass are calls, properties of results, pulls and releases.
 */
export function readBatch(text: string, methods: Methods, binding: string): Batch | Refusal {
  try {
    const lines = text.split("\n", KINDS.length * MOST_MESSAGES + 1);
    if (lines.length > KINDS.length * MOST_MESSAGES) throw tooManyMessages();
    const reading = new Reading(methods);
    lines.forEach((line, index) => reading.take(line, index + 1));
    return { pushes: reading.pushes, pulls: reading.pulls, returnsObjects: reading.exports.hasObjects };
  } catch (error) {
    if (error instanceof BatchError) return new Refusal(error.code, error.message, binding);
    throw error;
  }
}

class Reading {
  readonly exports: Exports;
  readonly pushes: (Call | Property)[] = [];
  readonly pulls = new Set<number>();
  readonly #counts = { push: 0, pull: 0, release: 0 };

  constructor(methods: Methods) {
    this.exports = new Exports(methods);
  }

  take(line: string, number: number): void {
    const message = parse(line, number);
    if (!Array.isArray(message)) throw malformed(`Line ${number} of the batch is not a Cap'n Web message.`);
    const [kind, first, second] = message as unknown[];
    switch (kind) {
      case "push":
        if (message.length !== 2) break;
        this.#count(kind);
        this.pushes.push(readPush(first, this.exports));
        return;
      case "pull":
        if (message.length !== 2) break;
        this.#count(kind);
        this.exports.get(first);
        this.pulls.add(first as number);
        return;
      case "release":
        if (message.length !== 3 || second !== 1) break;
        this.#count(kind);
        this.exports.release(first);
        return;
    }
    throw malformed(
      `Line ${number} of the batch is a message ${quoteValue(kind)}. The proxy serves whole messages of: ${KINDS.join(", ")}.`,
    );
  }

  #count(kind: (typeof KINDS)[number]): void {
    if (++this.#counts[kind] > MOST_MESSAGES) throw tooManyMessages();
  }
}

function parse(line: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw malformed(`Line ${number} of the batch is not JSON.`);
  }
}

function tooManyMessages(): BatchError {
  return tooMany(`A batch has at most ${MOST_MESSAGES} calls, and as many pulls and releases. Send several batches.`);
}

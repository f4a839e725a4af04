import { BatchError, malformed, tooMany } from "./batch-error.js";
import { checkPush } from "./batch-call.js";
import { Exports } from "./batch-exports.js";
import type { Methods } from "./config-methods.js";
import { quoteValue } from "./quote.js";
import { Refusal } from "./refusal.js";

/** Of each kind of message. */
const MOST_MESSAGES = 64;
const KINDS = ["push", "pull", "release"] as const;

/** A batch that may be served. */
export interface Batch {
  /** One Cap'n Web message each. */
  readonly lines: readonly string[];
  /** Whether a call of it may return an object, to be let go in the end. */
  readonly returnsObjects: boolean;
}

/**
 * Reads a batch as the Cap'n Web library will, without calling anything, and refuses it whole if one line of it asks
 * for more than the listed methods. What it lets pass are calls, properties of results, pulls and releases.
 */
export function checkBatch(text: string, methods: Methods, binding: string): Batch | Refusal {
  try {
    const lines = text.split("\n", KINDS.length * MOST_MESSAGES + 1);
    if (lines.length > KINDS.length * MOST_MESSAGES) throw tooManyMessages();
    const exports = new Exports(methods);
    const counts = { push: 0, pull: 0, release: 0 };
    lines.forEach((line, index) => checkMessage(line, index + 1, exports, counts));
    return { lines, returnsObjects: exports.hasObjects };
  } catch (error) {
    if (error instanceof BatchError) return new Refusal(error.code, error.message, binding);
    throw error;
  }
}

function checkMessage(line: string, number: number, exports: Exports, counts: Record<(typeof KINDS)[number], number>) {
  const message = parse(line, number);
  if (!Array.isArray(message)) throw malformed(`Line ${number} of the batch is not a Cap'n Web message.`);
  const [kind, ...rest] = message as unknown[];
  switch (kind) {
    case "push":
      if (rest.length !== 1) break;
      if (++counts.push > MOST_MESSAGES) throw tooManyMessages();
      checkPush(rest[0], exports);
      return;
    case "pull":
      if (rest.length !== 1) break;
      if (++counts.pull > MOST_MESSAGES) throw tooManyMessages();
      exports.get(rest[0]);
      return;
    case "release":
      if (rest.length !== 2 || rest[1] !== 1) break;
      if (++counts.release > MOST_MESSAGES) throw tooManyMessages();
      exports.release(rest[0]);
      return;
  }
  throw malformed(
    `Line ${number} of the batch is a message ${quoteValue(kind)}. The proxy serves whole messages of: ${KINDS.join(", ")}.`,
  );
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

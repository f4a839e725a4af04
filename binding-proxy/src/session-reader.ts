import { BatchError, malformed, tooMany } from "./batch-error.js";
import { readPush, type Call, type Property } from "./batch-call.js";
import { readArguments } from "./batch-value.js";
import { Exports } from "./batch-exports.js";
import { LONGEST_MESSAGE, type SessionLimits } from "./config-sessions.js";
import type { Methods } from "./config-methods.js";
import { quoteValue } from "./quote.js";
import { refusedCall } from "./refusal.js";
import { SessionUsage } from "./session-usage.js";

const KINDS = "push, pull, release, resolve, reject, abort";

/** What a caller's function returned or threw. */
export type Settled = { readonly value: unknown } | { readonly error: unknown };

/** What a caller asks for by one message. */
export type SessionMessage =
  | { readonly kind: "push"; readonly id: number; readonly push: Call | Property; readonly characters: number }
  | { readonly kind: "refused"; readonly id: number; readonly error: Error }
  | { readonly kind: "pull" | "release"; readonly id: number }
  | { readonly kind: "settled"; readonly id: number; readonly settled: Settled }
  | { readonly kind: "abort" };

/**
 * Reads the messages of one session as they come, without calling anything. A call that asks for too much is refused by
 * itself; what is not a message of the protocol throws a BatchError, which ends the session.
 */
export class SessionReader {
  readonly usage: SessionUsage;
  readonly #exports: Exports;
  readonly #pulled = new Set<number>();
  #lastAccepted = 0;

  constructor(methods: Methods, limits: SessionLimits) {
    this.#exports = new Exports(methods, true);
    this.usage = new SessionUsage(limits);
  }

  take(text: unknown): SessionMessage {
    if (typeof text !== "string") throw malformed("A message of a session is text, not bytes.");
    this.usage.received(text.length);
    if (text.length > LONGEST_MESSAGE)
      throw tooMany(`A message of a session has at most ${LONGEST_MESSAGE} characters.`);
    const message = parse(text);
    const [kind, first, second] = message;
    switch (kind) {
      case "push":
        if (message.length !== 2) break;
        return this.#push(first, text.length);
      case "pull":
        if (message.length !== 2) break;
        return { kind, id: this.#pull(first) };
      case "release":
        if (message.length !== 3 || second !== 1) break;
        this.#exports.release(first);
        this.#pulled.delete(first as number);
        return { kind, id: first as number };
      case "resolve":
      case "reject":
        if (message.length !== 3 || typeof first !== "number") break;
        return { kind: "settled", id: first, settled: settledBy(kind, second) };
      case "abort":
        return { kind };
    }
    throw malformed(`The session has a message ${quoteValue(kind)}. The proxy serves whole messages of: ${KINDS}.`);
  }

  /** The id under which the caller gets an object that a call returned. Undefined if it has released the call. */
  exportObject(push: number): number | undefined {
    return this.#exports.addObject(push);
  }

  /** The id of the last call that was accepted: nothing of a later one ran. */
  get lastAccepted(): number {
    return this.#lastAccepted;
  }

  #push(expression: unknown, characters: number): SessionMessage {
    const exports = this.#exports;
    if (exports.size >= 2 * this.usage.limits.exports) throw tooMany("The caller releases nothing of what is refused.");
    const id = exports.pushes + 1;
    try {
      this.usage.accept(characters, exports.size);
      exports.forgetReferences();
      const push = readPush(expression, exports);
      if ("name" in push) this.usage.acceptCallbacks(push.callbacks.length);
      this.#lastAccepted = id;
      return { kind: "push", id, push, characters };
    } catch (error) {
      if (!(error instanceof BatchError)) throw error;
      exports.refuse(id, error);
      return { kind: "refused", id, error: refusedCall(error) };
    }
  }

  #pull(first: unknown): number {
    const id = this.#exports.pushed(first);
    if (id < 0 || this.#pulled.has(id)) throw malformed("The session pulls an object, or a result a second time.");
    this.#pulled.add(id);
    return id;
  }
}

/** Of a value that can't be read the target learns that, and the session goes on. */
function settledBy(kind: "resolve" | "reject", expression: unknown): Settled {
  try {
    const holder = [expression];
    readArguments(holder, new Exports(new Map()));
    return kind === "resolve" ? { value: holder[0] } : { error: holder[0] };
  } catch (error) {
    if (error instanceof BatchError)
      return { error: new TypeError(`What the caller returned can't be read: ${error.message}`) };
    throw error;
  }
}

function parse(text: string): readonly unknown[] {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    throw malformed("A message of the session is not JSON.");
  }
  if (Array.isArray(message)) return message;
  throw malformed("A message of the session is not one of Cap'n Web.");
}

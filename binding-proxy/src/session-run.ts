import { serialize } from "capnweb";
import type { Call, Property } from "./batch-call.js";
import { isFacade } from "./facade.js";
import { callMethod, property, type RemoteObject, type Value } from "./method-call.js";
import { Places } from "./places.js";
import { proxyError } from "./safe-error.js";
import type { SessionCallbacks } from "./session-callbacks.js";
import { SessionEntry } from "./session-entry.js";
import type { SessionReader } from "./session-reader.js";
import { Held, type SessionResults } from "./session-results.js";

/** Of one message that goes out, in bytes of UTF-8: callers may take no larger one. */
const LARGEST = 16 << 20;
const TOO_LARGE = `The method ran, and the message of its result has more than ${LARGEST} bytes.`;

export interface SessionParts {
  readonly open: () => object;
  readonly reader: SessionReader;
  readonly results: SessionResults;
  readonly callbacks: SessionCallbacks;
  readonly send: (text: string) => void;
  /** A call has ended. */
  readonly ended: () => void;
  readonly failed: (error: unknown) => void;
}

/** Makes the calls of one session in their order, some at once, and keeps what they return until it is released. */
export class SessionRun {
  readonly #places: Places;
  /** By their ids. The main object, 0, is not among them. */
  readonly #entries = new Map<number, SessionEntry>();
  #main: RemoteObject | undefined;
  #isOver = false;

  constructor(private readonly parts: SessionParts) {
    this.#places = new Places(() => parts.results.callsAtOnce);
  }

  push(id: number, push: Call | Property, characters: number): void {
    if ("name" in push) this.add(id, this.#call(id, push, characters));
    else this.add(id, this.#property(push));
  }

  /** Keeps a result, and what it takes of memory, until nobody needs it. */
  add(id: number, settled: Promise<unknown>): void {
    const { results } = this.parts;
    let bytes = 0;
    const keep = (result: unknown) => {
      if (!(result instanceof Held)) return result;
      bytes = result.bytes;
      return result.value;
    };
    const value = settled.then(keep, (error: unknown) => {
      throw keep(results.error(error));
    });
    const letGo = () => {
      const done = (result: unknown) => {
        results.letGo(bytes);
        if (isFacade(result)) (result as unknown as Disposable)[Symbol.dispose]();
      };
      value.then(done, done);
    };
    const entry = new SessionEntry(value, letGo);
    if (this.#isOver) entry.release();
    else this.#entries.set(id, entry);
  }

  pull(id: number): void {
    this.#entries
      .get(id)
      ?.value.then(
        (value) => this.#tell("resolve", id, value),
        (error) => this.#tell("reject", id, error),
      )
      .catch(this.parts.failed);
  }

  release(id: number): void {
    this.#entries.get(id)?.release();
    this.#entries.delete(id);
  }

  /** Lets go of everything. No further call starts. */
  end(): void {
    this.#isOver = true;
    for (const entry of this.#entries.values()) entry.release();
    this.#entries.clear();
  }

  async #call(id: number, call: Call, characters: number): Promise<unknown> {
    const { reader, results, callbacks, ended } = this.parts;
    reader.usage.began(characters);
    const letGo = callbacks.fillIn(call);
    const used = [call, ...call.references].map(({ id }) => this.#entries.get(id)?.use());
    try {
      return await results.asArguments((asArgument) =>
        callMethod(call, id, this.#values, this.#places, this.#calling(asArgument)),
      );
    } finally {
      for (const entry of used) entry?.release();
      // Arguments that are there still went to no target, which would let go of what is in them.
      if (call.args.length > 0) letGo();
      reader.usage.ended(characters);
      ended();
    }
  }

  async #property({ id, path }: Property): Promise<Held> {
    const of = this.#entries.get(id)?.use();
    try {
      // A copy, since the whole that it is part of may be released before.
      return this.parts.results.data(await property(of?.value, path));
    } finally {
      of?.release();
    }
  }

  #calling(asArgument: (value: unknown) => unknown) {
    return { isObject: isFacade, asArgument, answered: () => this.#isOver };
  }

  readonly #values = {
    get: (id: number): Value | undefined => (id === 0 ? this.#mainObject() : this.#entries.get(id)?.value),
  };

  /** Opened anew when it may be broken: the stub of a Durable Object that was reset stays so. */
  #mainObject(): RemoteObject {
    const { open, results } = this.parts;
    if (this.#main === undefined || results.isBroken) {
      results.isBroken = false;
      this.#main = results.main(open());
    }
    return this.#main;
  }

  #tell(kind: "resolve" | "reject", id: number, value: unknown): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return; // The caller no longer wants it.
    const { reader, send } = this.parts;
    if (isFacade(value)) {
      const object = reader.exportObject(id);
      if (object === undefined) return;
      this.#entries.set(object, entry.use());
      return send(`["resolve",${id},["export",${object}]]`);
    }
    const message = `["${kind}",${id},${serialize(value)}]`;
    if (isWithin(message, LARGEST)) send(message);
    else send(`["reject",${id},${serialize(proxyError("BODY_TOO_LARGE", TOO_LARGE))}]`);
  }
}

/** Whether a text has at most so many bytes of UTF-8. */
function isWithin(text: string, bytes: number): boolean {
  if (text.length * 3 <= bytes) return true;
  if (text.length > bytes) return false;
  let left = bytes - text.length;
  for (let i = 0; i < text.length && left >= 0; i++) {
    const code = text.charCodeAt(i);
    // Each half of a surrogate pair stands for two of its four bytes.
    if (code >= 0x80) left -= code < 0x800 || (code >= 0xd800 && code <= 0xdfff) ? 1 : 2;
  }
  return left >= 0;
}

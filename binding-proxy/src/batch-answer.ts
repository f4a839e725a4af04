import type { RpcTransport } from "capnweb";
import type { Allowance } from "./allowance.js";

const encoder = new TextEncoder();

/** The lines of one batch as the library's transport: those of the request come in, those of the answer are kept. */
export class BatchTransport implements RpcTransport {
  readonly #incoming: Iterator<string>;
  readonly #outgoing: Uint8Array[] = [];
  readonly #read = Promise.withResolvers<void>();

  constructor(
    lines: readonly string[],
    private readonly allowance: Allowance,
  ) {
    this.#incoming = lines[Symbol.iterator]();
  }

  receive(): Promise<string> {
    const { done, value } = this.#incoming.next();
    if (!done) return Promise.resolve(value);
    this.#read.resolve();
    return new Promise(() => {});
  }

  send(line: string): void {
    const bytes = encoder.encode(this.#outgoing.length > 0 ? `\n${line}` : line);
    this.allowance.take(bytes.byteLength);
    this.#outgoing.push(bytes);
  }

  abort(reason: unknown): void {
    this.#read.reject(reason);
  }

  /** Until the last line of the request was taken in. Rejects when the library gives the batch up. */
  get read(): Promise<void> {
    return this.#read.promise;
  }

  answer(): Blob {
    return new Blob(this.#outgoing);
  }
}

import { serialize } from "capnweb";
import type { Allowance } from "./allowance.js";

/** From this length on a text becomes bytes at once. */
const LONG = 64 << 10;

const encoder = new TextEncoder();

/** The lines that answer a batch, as they come. Nothing of a long value is kept but its bytes. */
export class BatchAnswer {
  readonly #bytes: Uint8Array[] = [];
  /** What follows the bytes. */
  #text = "";
  #lines = 0;
  #objects = 0;

  constructor(private readonly allowance: Allowance) {}

  resolve(id: number, data: unknown): void {
    this.#add(`["resolve",${id},`, serialize(data));
  }

  /** Says that the result is an object. Its id is of no use: the object lasts as long as the batch. */
  resolveObject(id: number): void {
    this.#add(`["resolve",${id},`, `["export",${--this.#objects}]`);
  }

  reject(id: number, error: Error): void {
    this.#add(`["reject",${id},`, serialize(error));
  }

  /** A short one is text. */
  body(): string | Uint8Array[] {
    return this.#bytes.length === 0 ? this.#text : [...this.#bytes, encoder.encode(this.#text)];
  }

  #add(start: string, value: string): void {
    this.#text += this.#lines++ > 0 ? `\n${start}` : start;
    if (value.length >= LONG) {
      // Not joined first, which would make another copy of it.
      this.#encodeText();
      this.#encode(value);
      this.#text = "]";
    } else {
      this.#text += `${value}]`;
      if (this.#text.length >= LONG) this.#encodeText();
    }
  }

  #encodeText(): void {
    this.#encode(this.#text);
    this.#text = "";
  }

  #encode(text: string): void {
    const bytes = encoder.encode(text);
    this.allowance.take(bytes.byteLength);
    this.#bytes.push(bytes);
  }
}

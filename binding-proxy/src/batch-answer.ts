import { serialize } from "capnweb";
import type { Allowance } from "./allowance.js";

const encoder = new TextEncoder();

/** The lines that answer a batch, as they come. */
export class BatchAnswer {
  readonly #lines: Uint8Array[] = [];
  #objects = 0;

  constructor(private readonly allowance: Allowance) {}

  resolve(id: number, data: unknown): void {
    this.#add(`["resolve",${id},${serialize(data)}]`);
  }

  /** Says that the result is an object. Its id is of no use: the object lasts as long as the batch. */
  resolveObject(id: number): void {
    this.#add(`["resolve",${id},["export",${--this.#objects}]]`);
  }

  reject(id: number, error: Error): void {
    this.#add(`["reject",${id},${serialize(error)}]`);
  }

  #add(line: string): void {
    const bytes = encoder.encode(this.#lines.length > 0 ? `\n${line}` : line);
    this.allowance.take(bytes.byteLength);
    this.#lines.push(bytes);
  }

  body(): Blob {
    return new Blob(this.#lines);
  }
}

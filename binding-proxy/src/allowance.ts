/** Bytes that one batch, or one session, may still use for something. */
export class Allowance {
  readonly #spent = Promise.withResolvers<"spent">();
  #left: number;

  constructor(bytes: number) {
    this.#left = bytes;
  }

  /** Throws when there is not as much left, and ever after, unless enough is given back. */
  take(bytes: number): void {
    this.#left -= bytes;
    if (this.#left >= 0) return;
    this.#spent.resolve("spent");
    throw new Error("It uses too much memory.");
  }

  giveBack(bytes: number): void {
    this.#left += bytes;
  }

  get left(): number {
    return this.#left;
  }

  get isSpent(): boolean {
    return this.#left < 0;
  }

  /** Settles when more was taken than there was. */
  get spent(): Promise<"spent"> {
    return this.#spent.promise;
  }
}

import { Allowance } from "./allowance.js";
import { copyData, NotData } from "./plain-data.js";
import { safeError } from "./safe-error.js";

/** A result may be 32 MiB, by the runtime's own limit, before the proxy can count it, and an isolate has 128 MB. */
const CALLS_AT_FIRST = 3;
/** Even if all results were small so far: the others may not be, and all that are under way may arrive together. */
const MOST_CALLS = 10;
/** Fast calls are soon done, a few at once. */
const MILLIS_FOR_ONE_MORE = 10;
/** Of the name and the message of what a call threw, in characters. */
const LONGEST_OF_ERROR = 64 << 10;
const COUNTED = new Allowance(Infinity);

/** Takes what comes back from calls. */
export interface ResultReader {
  /** A copy of a result that is data. Throws NotData if it isn't. */
  data(result: unknown): unknown;
  /** What a call threw, as callers may see it. */
  thrown(error: unknown): Error;
}

/** What comes back from the calls of one batch or session, counted as it arrives. */
export class Results implements ResultReader {
  readonly #start = Date.now();
  /** How many in a row were counted. */
  #known = 0;
  #largest = 1;

  constructor(
    readonly allowance: Allowance,
    private readonly errorProperties: ReadonlySet<string>,
    private readonly mostCalls = MOST_CALLS,
  ) {}

  /**
   * How many calls may be under way. Results add to it, if calls take their time; but there are never more than there is
   * room for if each result to come is as large as the largest so far.
   */
  get callsAtOnce(): number {
    const more = Math.min(this.#known, (Date.now() - this.#start) / MILLIS_FOR_ONE_MORE);
    const room = this.allowance.left / this.#largest;
    return Math.max(1, Math.floor(Math.min(CALLS_AT_FIRST + more, this.mostCalls, room)));
  }

  /** A copy of a result that is data. Throws NotData if it isn't. */
  data(result: unknown): unknown {
    const before = this.allowance.left;
    try {
      const copy = copyData(result, (error) => this.safe(error), this.allowance);
      this.#known++;
      return copy;
    } catch (error) {
      // How large it is was not found out.
      if (error instanceof NotData) this.#known = 0;
      throw error;
    } finally {
      this.#largest = Math.max(this.#largest, before - this.allowance.left);
    }
  }

  /** What a call threw, as callers may see it. All of it has arrived, so all of it counts. */
  thrown(error: unknown): Error {
    try {
      this.data(error instanceof Error ? [error.name, error.message, { ...error }] : error);
    } catch (notCounted) {
      if (!(notCounted instanceof NotData)) throw notCounted;
    }
    return safeError(error, this.errorProperties, COUNTED, LONGEST_OF_ERROR);
  }

  /** An error as callers may see it. */
  safe(error: unknown): Error {
    return safeError(error, this.errorProperties, this.allowance);
  }
}

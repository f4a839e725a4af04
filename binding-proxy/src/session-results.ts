import { serialize } from "capnweb";
import { Allowance } from "./allowance.js";
import { facade } from "./facade.js";
import type { RpcConfig } from "./config-methods.js";
import type { SessionLimits } from "./config-sessions.js";
import { copyData } from "./plain-data.js";
import { Results, type ResultReader } from "./results.js";
import { proxyError } from "./safe-error.js";

/** In bytes: of results and errors that the caller has not released, as they roughly are in memory. */
const LARGEST = 16 << 20;
const TOO_LARGE = `The method ran, and its result is larger than what is left of ${LARGEST} bytes for results that the caller has not released.`;
const TOO_LARGE_ARGUMENTS = `The results that calls in flight use as arguments are larger than ${LARGEST} bytes. The method did not run.`;

/** A result, with what it takes of the session's memory until it is released. */
export class Held {
  constructor(
    readonly value: unknown,
    readonly bytes: number,
  ) {}
}

/** The results of one session. What they take is given back when they are let go of, so that others have room. */
export class SessionResults implements ResultReader {
  /** A call failed other than by its target's own error: the stub that it was made on may be broken. */
  isBroken = false;
  readonly #held = new Allowance(LARGEST);
  readonly #asArguments = new Allowance(LARGEST);
  readonly #results: Results;

  constructor(
    readonly rpc: RpcConfig,
    { callsAtOnce }: SessionLimits,
  ) {
    this.#results = new Results(this.#held, rpc.errorProperties, callsAtOnce);
  }

  main(stub: object) {
    return facade(stub, this.rpc.methods, this);
  }

  get callsAtOnce(): number {
    return this.#results.callsAtOnce;
  }

  data(result: unknown): Held {
    return this.#hold(() => this.#results.data(result));
  }

  thrown(error: unknown): Error {
    if ((error as { remote?: unknown } | null | undefined)?.remote !== true) this.isBroken = true;
    const before = this.#held.left;
    try {
      return this.#results.thrown(error);
    } catch (tooLarge) {
      if (!this.#held.isSpent) throw tooLarge;
      return proxyError("BODY_TOO_LARGE", TOO_LARGE);
    } finally {
      // What is kept of it is counted when the call is rejected.
      this.#held.giveBack(before - this.#held.left);
    }
  }

  /** What a rejected call keeps: the error as callers may see it. */
  error(error: unknown): Held {
    try {
      return this.#hold(() => {
        const safe = this.#results.safe(error);
        this.#held.take(serialize(safe).length);
        return safe;
      });
    } catch (tooLarge) {
      return new Held(tooLarge, 0);
    }
  }

  letGo(bytes: number): void {
    this.#held.giveBack(bytes);
  }

  /** Copies results into the arguments of one call. What they take is given back when `use` has ended. */
  async asArguments<T>(use: (asArgument: (value: unknown) => unknown) => Promise<T>): Promise<T> {
    let taken = 0;
    let ended = false;
    try {
      return await use((value) => {
        if (ended) throw new Error("The call has ended.");
        const before = this.#asArguments.left;
        try {
          return copyData(value, (error) => error, this.#asArguments);
        } catch (error) {
          throw this.#asArguments.isSpent ? proxyError("BODY_TOO_LARGE", TOO_LARGE_ARGUMENTS) : error;
        } finally {
          taken += before - this.#asArguments.left;
        }
      });
    } finally {
      ended = true;
      this.#asArguments.giveBack(taken);
    }
  }

  #hold(make: () => unknown): Held {
    const before = this.#held.left;
    try {
      const value = make();
      return new Held(value, before - this.#held.left);
    } catch (error) {
      const spent = this.#held.isSpent;
      this.#held.giveBack(before - this.#held.left);
      throw spent ? proxyError("BODY_TOO_LARGE", TOO_LARGE) : error;
    }
  }
}

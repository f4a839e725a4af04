import { BatchError, tooMany } from "./batch-error.js";
import { LARGEST_IN_FLIGHT, type SessionLimits } from "./config-sessions.js";

const MOST_CALLBACKS = 64;

/** What one session uses, beside its limits. */
export class SessionUsage {
  /** Why no further call is accepted. */
  over: BatchError | undefined;
  /** The caller's own functions and objects that a target may still call. */
  callbacks = 0;
  #inFlight = 0;
  #charactersInFlight = 0;
  #calls = 0;
  #in = 0;
  #out = 0;
  #lastActive = Date.now();

  constructor(readonly limits: SessionLimits) {}

  received(characters: number): void {
    this.#lastActive = Date.now();
    this.#in += characters;
    if (this.#in > this.limits.bytesIn) this.end(`The session has received more than ${this.limits.bytesIn} bytes.`);
  }

  sent(characters: number): void {
    this.#out += characters;
    if (this.#out > this.limits.bytesOut) this.end(`The session has sent more than ${this.limits.bytesOut} bytes.`);
  }

  /** Throws if a call may not be accepted now. */
  accept(characters: number, exports: number): void {
    const { calls, callsInFlight, exports: most } = this.limits;
    if (++this.#calls > calls) this.end(`A session makes at most ${calls} calls.`);
    if (this.over !== undefined) throw this.over;
    if (this.#inFlight >= callsInFlight) throw tooMany(`A session has at most ${callsInFlight} calls in flight.`);
    if (exports >= most) throw tooMany(`A session keeps at most ${most} results. Release those that are not needed.`);
    if (this.#charactersInFlight + characters > LARGEST_IN_FLIGHT) {
      throw tooMany(`The calls in flight of a session have at most ${LARGEST_IN_FLIGHT} characters together.`);
    }
  }

  began(characters: number): void {
    this.#inFlight++;
    this.#charactersInFlight += characters;
  }

  /** Throws if these are too many. */
  acceptCallbacks(count: number): void {
    if (this.callbacks + count > MOST_CALLBACKS) throw tooMany(`A session has at most ${MOST_CALLBACKS} callbacks.`);
    this.callbacks += count;
  }

  ended(characters: number): void {
    this.#inFlight--;
    this.#charactersInFlight -= characters;
    this.#lastActive = Date.now();
  }

  end(why: string, code: "BODY_TOO_LARGE" | "TIMED_OUT" = "BODY_TOO_LARGE"): void {
    this.over ??= new BatchError(code, `${why} Open another.`);
  }

  get callsInFlight(): number {
    return this.#inFlight;
  }

  get idleMillis(): number {
    return this.#inFlight > 0 ? 0 : Date.now() - this.#lastActive;
  }
}

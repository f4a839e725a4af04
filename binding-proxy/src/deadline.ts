import type { Timeout } from "./timeout.js";

/** The running Binding-Proxy-Timeout-Ms of one request. */
export class Deadline {
  /** Called when the time is up. */
  readonly #waiting: ((expired: "expired") => void)[] = [];
  readonly #timer: number;
  readonly #headersOnly: boolean;
  #controller: AbortController | undefined;
  #expired = false;

  constructor({ millis, headersOnly }: Timeout) {
    this.#headersOnly = headersOnly;
    this.#timer = setTimeout(() => this.#expire(), millis);
  }

  /**
   * Cuts the answer's body off, if the limit covers it. Nothing else needs a signal, which is dear: the runtime cancels a
   * call that is under way when the proxy has answered.
   */
  get signal(): AbortSignal | undefined {
    if (this.#headersOnly) return undefined;
    this.#controller ??= new AbortController();
    return this.#controller.signal;
  }

  /** Settles when the time is up. */
  get expiry(): Promise<"expired"> {
    return new Promise((resolve) => this.#await(resolve));
  }

  /** The outcome of a call, or "expired". */
  limit<T>(call: Promise<T>): Promise<T | "expired"> {
    return new Promise((resolve, reject) => {
      this.#await(resolve);
      call.then(resolve, reject);
    });
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  /**
   * Call this when the answer's headers are there: the limit ends with them, or cuts off the body too. The runtime drops
   * a request, and with it its timers, as soon as only an untouched answer body is left: waitUntil keeps both until the
   * time is up. A pipe would notice the end of the body. But it costs more, loses the body's true length, and makes a
   * body that broke off look whole on workerd 2026-04.
   */
  atHeaders(answer: Response, context: ExecutionContext): void {
    if (this.#headersOnly || answer.body === null) this.stop();
    else context.waitUntil(this.expiry);
  }

  #await(tell: (expired: "expired") => void): void {
    if (this.#expired) tell("expired");
    else this.#waiting.push(tell);
  }

  #expire(): void {
    this.#expired = true;
    for (const tell of this.#waiting) tell("expired");
    this.#controller?.abort();
  }
}

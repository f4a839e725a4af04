import type { Timeout } from "./timeout.js";

/** The running Binding-Proxy-Timeout-Ms of one request. */
export class Deadline {
  readonly #expiry = Promise.withResolvers<"expired">();
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

  get expired(): boolean {
    return this.#expired;
  }

  /** Settles when the time is up. */
  get expiry(): Promise<"expired"> {
    return this.#expiry.promise;
  }

  /** The outcome of a call, or "expired". */
  async limit<T>(call: Promise<T>): Promise<T | "expired"> {
    call.catch(() => {}); // Nobody may be there any more when it fails.
    return Promise.race([call, this.expiry]);
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

  #expire(): void {
    this.#expired = true;
    this.#expiry.resolve("expired");
    this.#controller?.abort();
  }
}

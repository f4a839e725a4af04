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

  /** Made when it is first asked for: a batch needs none. */
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#expired) this.#controller.abort();
    }
    return this.#controller.signal;
  }

  get expired(): boolean {
    return this.#expired;
  }

  /** Settles when the time is up. */
  get expiry(): Promise<"expired"> {
    return this.#expiry.promise;
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

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
   * The answer's body, cut off when the time is up. It runs through a pipe, because the runtime lets go of a request,
   * and with it of its timers, as soon as nothing but an untouched body is left of it. The pipe costs the answer its Content-Length, unless the
   * target set that header itself.
   */
  limit(answer: Response): ReadableStream | null {
    if (answer.body === null || this.#headersOnly) {
      this.stop();
      return answer.body;
    }
    const length = answer.headers.get("content-length");
    const pipe = length === null ? new IdentityTransformStream() : new FixedLengthStream(Number(length));
    const done = answer.body.pipeTo(pipe.writable, { signal: this.signal });
    // A broken body reaches the caller through the pipe: nobody else has to hear of it.
    void done.catch(() => {}).finally(() => this.stop());
    return pipe.readable;
  }

  #expire(): void {
    this.#expired = true;
    this.#expiry.resolve("expired");
    this.#controller?.abort();
  }
}

import { RpcTarget } from "cloudflare:workers";
import { serialize } from "capnweb";
import type { Call } from "./batch-call.js";
import { NotData } from "./plain-data.js";
import { proxyError } from "./safe-error.js";
import type { Settled } from "./session-reader.js";
import type { Held, SessionResults } from "./session-results.js";
import type { SessionUsage } from "./session-usage.js";

interface Waiting {
  readonly settle: (settled: Settled) => void;
}

/**
 * The functions and objects that one session's caller passed as arguments. The target calls them with data and gets data,
 * under the limits of the session; they live until the target lets go of them, or the session ends.
 */
export class SessionCallbacks {
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #isOver = false;

  constructor(
    private readonly send: (text: string) => void,
    private readonly usage: SessionUsage,
    private readonly results: SessionResults,
  ) {}

  /** Puts what stands for them in the places of the arguments. Returns what lets go of them, if no target got them. */
  fillIn({ callbacks, accepted }: Call): () => void {
    const made = callbacks.map(({ id, holder, key }) => {
      const letGo = this.#letGo(id);
      const stub = accepted === "functions" ? this.#function(id, letGo) : this.#object(id, accepted ?? [], letGo);
      (holder as Record<string | number, unknown>)[key] = stub;
      return letGo;
    });
    return () => made.forEach((letGo) => letGo());
  }

  /** False if nothing waits for it. */
  settle(id: number, settled: Settled): boolean {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    waiting?.settle(settled);
    return waiting !== undefined;
  }

  end(): void {
    this.#isOver = true;
    for (const id of [...this.#waiting.keys()]) this.settle(id, { error: over() });
  }

  #function(id: number, letGo: () => void): unknown {
    const stub = (...args: unknown[]) => this.#call(id, [], args);
    return Object.defineProperty(stub, Symbol.dispose, { value: letGo });
  }

  #object(id: number, methods: readonly string[], letGo: () => void): RpcTarget {
    class Callback extends RpcTarget {
      [Symbol.dispose](): void {
        letGo();
      }
    }
    for (const name of methods) {
      Object.defineProperty(Callback.prototype, name, { value: (...args: unknown[]) => this.#call(id, [name], args) });
    }
    return new Callback();
  }

  #letGo(id: number): () => void {
    let isLetGo = false;
    return () => {
      if (isLetGo) return;
      isLetGo = true;
      this.usage.callbacks--;
      if (!this.#isOver) this.send(`["release",${id},1]`);
    };
  }

  async #call(id: number, path: readonly string[], args: unknown[]): Promise<unknown> {
    if (this.#isOver) throw over();
    if (this.#waiting.size >= this.usage.limits.callsInFlight) throw new Error("Too many calls of the caller wait.");
    const { value, bytes } = this.#data(args);
    try {
      const call = ++this.#lastId;
      const settled = await new Promise<Settled>((settle) => {
        this.#waiting.set(call, { settle });
        // What is written is the list of arguments as a value, which stands in a list of its own.
        const list = serialize(value).slice(1, -1);
        this.send(`["push",["pipeline",${id},${JSON.stringify(path)},${list}]]`);
        this.send(`["pull",${call}]`);
      });
      if (!this.#isOver) this.send(`["release",${call},1]`);
      if ("error" in settled) throw settled.error;
      return settled.value;
    } finally {
      this.results.letGo(bytes);
    }
  }

  #data(args: unknown[]): Held {
    try {
      return this.results.data(args);
    } catch (error) {
      if (!(error instanceof NotData)) throw error;
      throw proxyError("RESULT_NOT_DATA", `A caller's function takes plain data: ${error.message}.`);
    }
  }
}

const over = () => new Error("The session of the caller is over.");

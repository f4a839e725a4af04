import type { BatchAnswer } from "./batch-answer.js";
import type { Call } from "./batch-call.js";
import type { Path } from "./batch-path.js";
import type { Batch } from "./batch.js";
import { Places } from "./places.js";

/** A result may be 32 MiB, by the runtime's own limit, before the proxy can count it. */
const CALLS_AT_ONCE = 3;

/** An object that has methods. */
export type RemoteObject = Record<string, (...args: unknown[]) => unknown>;

export interface Objects {
  readonly main: RemoteObject;
  /** Tells an object that a call returned from data. */
  readonly isObject: (value: unknown) => value is RemoteObject;
  /** A result as an argument. Throws if the batch uses too much as arguments. */
  readonly asArgument: (value: unknown) => unknown;
  /** Whether the batch has its answer: no further call starts. */
  readonly answered: () => boolean;
}

/**
 * Makes the calls of a batch in their order, a few at once; one that needs an earlier result waits for it without holding
 * a place. The answer is the one that a session of the Cap'n Web library gives, in fewer steps.
 */
export class BatchRun {
  /** By their ids: the main object, then what each push brings. */
  readonly #values: (RemoteObject | Promise<unknown>)[];
  readonly #places = new Places(CALLS_AT_ONCE);

  constructor(
    private readonly batch: Batch,
    private readonly objects: Objects,
  ) {
    this.#values = [objects.main];
    for (const [order, push] of batch.pushes.entries()) {
      const value = "name" in push ? this.#call(push, order) : this.#property(push.id, push.path);
      value.catch(() => {}); // Nobody may have asked for it.
      this.#values.push(value);
    }
  }

  /** Settles when each result that was asked for is in the answer. */
  async answer(answer: BatchAnswer, errorOf: (error: unknown) => Error): Promise<void> {
    const told = Array.from(this.batch.pulls, async (id) => {
      try {
        const value = await this.#values[id];
        if (this.objects.isObject(value)) answer.resolveObject(id);
        else answer.resolve(id, value);
      } catch (error) {
        answer.reject(id, errorOf(error));
      }
    });
    await Promise.all(told);
  }

  /** Lets go of the objects that the calls returned, and of those that they are still to return. */
  letGo(): void {
    this.batch.pushes.forEach((push, index) => {
      if (!("name" in push) || !push.returnsObject) return;
      const dispose = (value: unknown) => {
        if (this.objects.isObject(value)) (value as unknown as Disposable)[Symbol.dispose]();
      };
      Promise.resolve(this.#values[index + 1])
        .then(dispose)
        .catch(() => {});
    });
  }

  async #call({ id, name, args, references }: Call, order: number): Promise<unknown> {
    let object: unknown = this.#values[id];
    // No turn is waited where nothing is waited for, so that the target gets its calls in the order of the batch.
    if (id > 0 || references.length > 0) {
      [object] = await Promise.all([
        object,
        ...references.map(async ({ id, path, holder, key }) => {
          (holder as Record<string | number, unknown>)[key] = this.objects.asArgument(await this.#property(id, path));
        }),
      ]);
    }
    if (this.objects.isObject(object) && Object.hasOwn(Object.getPrototypeOf(object) as object, name)) {
      const place = this.#places.take(order);
      if (place !== undefined) await place;
      try {
        if (this.objects.answered()) throw new Error("The batch is over.");
        return await object[name]!(...args);
      } finally {
        this.#places.giveBack();
      }
    }
    // A method that was to return an object has returned data.
    member(object, name);
    throw new TypeError(`'${name}' is not a function.`);
  }

  async #property(id: number, path: Path): Promise<unknown> {
    return path.reduce(member, await this.#values[id]);
  }
}

/** A property of data. Names that every object has were refused before. */
function member(value: unknown, name: string | number): unknown {
  if (value === undefined) throw new TypeError(`Cannot read properties of undefined (reading '${name}')`);
  if (Array.isArray(value)) return Number.isInteger(name) ? (value as unknown[])[name as number] : undefined;
  const hasMembers = typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  return hasMembers && Object.hasOwn(value, name) ? (value as Record<string | number, unknown>)[name] : undefined;
}

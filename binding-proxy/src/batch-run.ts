import type { BatchAnswer } from "./batch-answer.js";
import type { Call } from "./batch-call.js";
import type { Path } from "./batch-path.js";
import type { Batch } from "./batch.js";
import { Places } from "./places.js";

/** An object that has methods. */
export type RemoteObject = Record<string, (...args: unknown[]) => unknown>;

export interface Objects {
  readonly main: RemoteObject;
  /** Tells an object that a call returned from data. */
  readonly isObject: (value: unknown) => value is RemoteObject;
  /** A result as an argument. Throws if the batch uses too much as arguments. */
  readonly asArgument: (value: unknown) => unknown;
  /** How many calls may be under way, as far as is known by now. */
  readonly callsAtOnce: () => number;
  /** Whether the batch has its answer: no further call starts. */
  readonly answered: () => boolean;
  readonly errorOf: (error: unknown) => Error;
}

type Value = RemoteObject | Promise<unknown>;

/**
 * Makes the calls of a batch in their order, some at once; one that needs an earlier result waits for it without holding
 * a place. The answer is the one that a session of the Cap'n Web library gives, in fewer steps. A result is kept by those
 * alone that still wait for it, so that it is gone when it is in the answer and in the arguments of the calls that use it.
 */
export class BatchRun {
  readonly #places: Places;
  /** Those that calls returned, or are still to return. */
  readonly #returned: Promise<RemoteObject | undefined>[] = [];

  constructor(private readonly objects: Objects) {
    this.#places = new Places(objects.callsAtOnce);
  }

  /** Settles when each result that was asked for is in the answer. */
  answer({ pushes, pulls }: Batch, answer: BatchAnswer): Promise<unknown> {
    /** By their ids: the main object, then what each push brings. */
    const values: Value[] = [this.objects.main];
    for (const [order, push] of pushes.entries()) {
      const value = "name" in push ? this.#call(push, order, values) : property(values[push.id], push.path);
      value.catch(() => {}); // Nobody may have asked for it.
      if ("name" in push && push.returnsObject) this.#returned.push(value.then(this.#object, () => undefined));
      values.push(value);
    }
    const told = Array.from(pulls, (id) => this.#tell(id, values[id], answer));
    values.length = 0; // Calls that are under way would keep all of them.
    return Promise.all(told);
  }

  /** Lets go of the objects that the calls returned, and of those that they are still to return. */
  letGo(): void {
    for (const object of this.#returned) {
      object.then((object) => (object as Disposable | undefined)?.[Symbol.dispose]()).catch(() => {});
    }
  }

  readonly #object = (value: unknown) => (this.objects.isObject(value) ? value : undefined);

  async #tell(id: number, result: Value | undefined, answer: BatchAnswer): Promise<void> {
    try {
      const value = await result;
      if (this.objects.isObject(value)) answer.resolveObject(id);
      else answer.resolve(id, value);
    } catch (error) {
      answer.reject(id, this.objects.errorOf(error));
    }
  }

  async #call({ id, name, args, references }: Call, order: number, values: readonly Value[]): Promise<unknown> {
    let object: unknown = values[id];
    // No turn is waited where nothing is waited for, so that the target gets its calls in the order of the batch.
    if (id > 0 || references.length > 0) {
      [object] = await Promise.all([
        object,
        ...references.map(async ({ id, path, holder, key }) => {
          (holder as Record<string | number, unknown>)[key] = this.objects.asArgument(await property(values[id], path));
        }),
      ]);
    }
    if (this.objects.isObject(object) && Object.hasOwn(Object.getPrototypeOf(object) as object, name)) {
      const place = this.#places.take(order);
      if (place !== undefined) await place;
      try {
        if (this.objects.answered()) throw new Error("The batch is over.");
        // The batch does not keep the arguments, which may hold results.
        return await object[name]!(...args.splice(0));
      } finally {
        this.#places.giveBack();
      }
    }
    // A method that was to return an object has returned data.
    member(object, name);
    throw new TypeError(`'${name}' is not a function.`);
  }
}

async function property(value: Value | undefined, path: Path): Promise<unknown> {
  return path.reduce(member, await value);
}

/** A property of data. Names that every object has were refused before. */
function member(value: unknown, name: string | number): unknown {
  if (value === undefined) throw new TypeError(`Cannot read properties of undefined (reading '${name}')`);
  if (Array.isArray(value)) return Number.isInteger(name) ? (value as unknown[])[name as number] : undefined;
  const hasMembers = typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  return hasMembers && Object.hasOwn(value, name) ? (value as Record<string | number, unknown>)[name] : undefined;
}

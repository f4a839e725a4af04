import type { BatchAnswer } from "./batch-answer.js";
import type { Batch } from "./batch.js";
import { callMethod, property, type Calling, type RemoteObject, type Value } from "./method-call.js";
import { Places } from "./places.js";

export interface Objects extends Calling {
  readonly main: RemoteObject;
  /** How many calls may be under way, as far as is known by now. */
  readonly callsAtOnce: () => number;
  readonly errorOf: (error: unknown) => Error;
}

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
    const values = new Map<number, Value>([[0, this.objects.main]]);
    for (const [order, push] of pushes.entries()) {
      const value =
        "name" in push
          ? callMethod(push, order, values, this.#places, this.objects)
          : property(values.get(push.id), push.path);
      value.catch(() => {}); // Nobody may have asked for it.
      if ("name" in push && push.returnsObject) this.#returned.push(value.then(this.#object, () => undefined));
      values.set(order + 1, value);
    }
    const told = Array.from(pulls, (id) => this.#tell(id, values.get(id), answer));
    values.clear(); // Calls that are under way would keep all of them.
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
}

import { malformed } from "./batch-error.js";
import type { Methods } from "./config-methods.js";

/** What an id of a batch stands for: an object with listed methods, or data. */
export type Shape = { readonly methods: Methods } | "data";

/** The ids that the messages read so far have defined. Id 0 is the main object. */
export class Exports {
  readonly #shapes: (Shape | undefined)[];
  #references = 0;
  #hasObjects = false;

  constructor(main: Methods) {
    this.#shapes = [{ methods: main }];
  }

  add(shape: Shape): void {
    if (shape !== "data") this.#hasObjects = true;
    this.#shapes.push(shape);
  }

  /** For a call: the main object is among them. */
  target(id: unknown): Shape {
    const shape = typeof id === "number" && Number.isInteger(id) ? this.#shapes[id] : undefined;
    if (shape === undefined) throw malformed("The batch refers to an id that no earlier line of it has pushed.");
    return shape;
  }

  get(id: unknown): Shape {
    if (id === 0) throw malformed("The batch uses the main object for something else than a call of its methods.");
    return this.target(id);
  }

  release(id: unknown): void {
    this.get(id);
    this.#shapes[id as number] = undefined;
  }

  /** Whether an id stands, or stood, for an object other than the main one. */
  get hasObjects(): boolean {
    return this.#hasObjects;
  }

  /** How often results were used as arguments, this time included. */
  countReference(): number {
    return ++this.#references;
  }
}

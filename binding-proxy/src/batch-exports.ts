import { BatchError, malformed } from "./batch-error.js";
import type { Methods } from "./config-methods.js";

/** What an id of a batch or a session stands for: an object with listed methods, or data. */
export type Shape = { readonly methods: Methods } | "data";

/** The ids that the messages read so far have defined. Id 0 is the main object. */
export class Exports {
  readonly #shapes: Map<number, Shape | BatchError>;
  #pushes = 0;
  #objects = 0;
  #references = 0;
  #hasObjects = false;

  /** `hasWayBack`: whether the caller can be called, as in a session. */
  constructor(
    main: Methods,
    readonly hasWayBack = false,
  ) {
    this.#shapes = new Map([[0, { methods: main }]]);
  }

  /** The next push. */
  add(shape: Shape): void {
    if (shape !== "data") this.#hasObjects = true;
    this.#shapes.set(++this.#pushes, shape);
  }

  /** The next push, or the last, was refused by itself: what builds on it is refused with the same words. */
  refuse(push: number, error: BatchError): void {
    this.#pushes = push;
    this.#shapes.set(push, error);
  }

  /** A second id of what a push returned, which outlives the push. Undefined if that was released. */
  addObject(push: number): number | undefined {
    const shape = this.#shapes.get(push);
    if (shape === undefined) return undefined;
    this.#shapes.set(--this.#objects, shape);
    return this.#objects;
  }

  /** For a call: the main object is among them. */
  target(id: unknown): Shape {
    const shape = this.#shapes.get(this.#known(id));
    if (shape instanceof BatchError) throw shape;
    return shape as Shape;
  }

  get(id: unknown): Shape {
    return this.target(this.pushed(id));
  }

  /** An id other than the main object's. */
  pushed(id: unknown): number {
    if (id === 0) throw malformed("A message uses the main object for something else than a call of its methods.");
    return this.#known(id);
  }

  release(id: unknown): void {
    this.#shapes.delete(this.pushed(id));
  }

  /** Whether an id stands, or stood, for an object other than the main one. */
  get hasObjects(): boolean {
    return this.#hasObjects;
  }

  /** How many ids there are that were not released. */
  get size(): number {
    return this.#shapes.size - 1;
  }

  /** The id of the last push. */
  get pushes(): number {
    return this.#pushes;
  }

  /** How often results were used as arguments, this time included. */
  countReference(): number {
    return ++this.#references;
  }

  /** The limit of references is one of a batch, and of each push of a session. */
  forgetReferences(): void {
    this.#references = 0;
  }

  #known(id: unknown): number {
    if (typeof id === "number" && this.#shapes.has(id)) return id;
    throw malformed("A message refers to an id that no earlier one has pushed.");
  }
}

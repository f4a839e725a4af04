import type { Call } from "./batch-call.js";
import type { Path } from "./batch-path.js";
import type { Places } from "./places.js";

/** An object that has methods. */
export type RemoteObject = Record<string, (...args: unknown[]) => unknown>;

export type Value = RemoteObject | Promise<unknown>;

export interface Calling {
  /** Tells an object that a call returned from data. */
  readonly isObject: (value: unknown) => value is RemoteObject;
  /** A result as an argument. Throws if too much is used as arguments. */
  readonly asArgument: (value: unknown) => unknown;
  /** Whether the batch has its answer, or the session its end: no further call starts. */
  readonly answered: () => boolean;
}

/**
 * Makes one call as soon as what it needs is there and it has a place. What it needs is taken from `values` before this
 * returns.
 */
export async function callMethod(
  { id, name, args, references }: Call,
  order: number,
  values: { readonly get: (id: number) => Value | undefined },
  places: Places,
  { isObject, asArgument, answered }: Calling,
): Promise<unknown> {
  let object: unknown = values.get(id);
  // Does not yield if there is nothing to wait for, so that the target gets its calls in the order of the batch.
  if (id !== 0 || references.length > 0) {
    [object] = await Promise.all([
      object,
      ...references.map(async ({ id, path, holder, key }) => {
        (holder as Record<string | number, unknown>)[key] = asArgument(await property(values.get(id), path));
      }),
    ]);
  }
  if (isObject(object) && Object.hasOwn(Object.getPrototypeOf(object) as object, name)) {
    const place = places.take(order);
    if (place !== undefined) await place;
    try {
      if (answered()) throw new Error("It is over.");
      // The arguments, which may hold results, are not kept.
      return await object[name]!(...args.splice(0));
    } finally {
      places.giveBack();
    }
  }
  // A method that was to return an object has returned data.
  member(object, name);
  throw new TypeError(`'${name}' is not a function.`);
}

export async function property(value: Value | undefined, path: Path): Promise<unknown> {
  return path.reduce(member, await value);
}

/** A property of data. Names that every object has were refused before. */
function member(value: unknown, name: string | number): unknown {
  if (value === undefined) throw new TypeError(`Cannot read properties of undefined (reading '${name}')`);
  if (Array.isArray(value)) return Number.isInteger(name) ? (value as unknown[])[name as number] : undefined;
  const hasMembers = typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  return hasMembers && Object.hasOwn(value, name) ? (value as Record<string | number, unknown>)[name] : undefined;
}

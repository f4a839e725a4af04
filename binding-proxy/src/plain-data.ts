import type { Allowance } from "./allowance.js";

/** Why a value is not passed on. */
export class NotData extends Error {}

const DEEPEST = 64;
/** As many as the Cap'n Web library reads. To write a bigint takes a time that grows faster than its length. */
const MOST_DIGITS = 16_384;
const MOST_HEX_DIGITS = Math.floor(MOST_DIGITS / Math.log10(16));

const AS_THEY_ARE: ReadonlySet<object> = new Set(
  [
    ...[Date, ArrayBuffer, DataView, Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array],
    ...[Uint32Array, BigInt64Array, BigUint64Array, Float32Array, Float64Array],
  ].map((type) => type.prototype),
);

/**
 * A copy of a value that is data and nothing else: own members alone, and errors as `errorOf` makes them anew.
 * Throws NotData if the value holds a function, a stub, a stream, an instance of a class and so on.
 * Takes from the allowance what the copy roughly needs in memory. What occurs twice in the value counts twice: it would
 * be written twice.
 */
export function copyData(value: unknown, errorOf: (error: Error) => Error, allowance: Allowance): unknown {
  const copy = (value: unknown, depth: number): unknown => {
    allowance.take(8);
    if (depth > DEEPEST) throw new NotData(`it is nested deeper than ${DEEPEST} levels, or holds itself`);
    if (typeof value === "string") allowance.take(value.length);
    if (typeof value === "bigint") {
      const { length } = value.toString(16);
      if (length > MOST_HEX_DIGITS) throw new NotData(`it holds a bigint of more than ${MOST_DIGITS} digits`);
      allowance.take(length);
    }
    if (typeof value === "function") throw new NotData("it holds a function, or an object with methods");
    if (typeof value === "symbol") throw new NotData("it holds a symbol");
    if (typeof value !== "object" || value === null) return value;
    const prototype = Object.getPrototypeOf(value) as object | null;
    if (prototype !== null && AS_THEY_ARE.has(prototype)) {
      if ("byteLength" in value) allowance.take(Number(value.byteLength));
      return value;
    }
    if (prototype === Array.prototype) return Array.from(value as unknown[], (item) => copy(item, depth + 1));
    if (prototype === Object.prototype || prototype === null) return copyMembers(value, depth);
    if (value instanceof Error) return errorOf(value);
    throw new NotData(`it holds an object of the type ${prototype?.constructor?.name ?? "unknown"}`);
  };

  const copyMembers = (value: object, depth: number): object => {
    const members: Record<string, unknown> = {};
    for (const [key, member] of Object.entries(value)) {
      allowance.take(key.length);
      // The library drops such keys when it reads them; one of them would change the copy's prototype.
      if (key !== "__proto__") members[key] = copy(member, depth + 1);
    }
    return members;
  };

  return copy(value, 0);
}

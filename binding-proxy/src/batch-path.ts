import { forbidden, malformed } from "./batch-error.js";
import type { Shape } from "./batch-exports.js";
import { quote } from "./quote.js";

export type Path = readonly (string | number)[];

export function pathOf(path: unknown): Path {
  if (Array.isArray(path) && path.every((part) => typeof part === "string" || typeof part === "number")) return path;
  throw malformed("The path of an expression must be an array of names.");
}

/** Objects have methods alone: no property of the main object or of a returned one is read. */
export function checkProperty(of: Shape, names: Path): void {
  if (of !== "data") {
    throw forbidden(`${named(names)} is read as a property of an object, of which only listed methods can be called.`);
  }
  // The library would not even wait for the result, and the call behind it might be lost.
  if (names.some((name) => name in Object.prototype)) {
    throw malformed(`${named(names)} has a name that every object has: it is not a property of a result.`);
  }
}

export function named(names: Path): string {
  return quote(names.join("."));
}

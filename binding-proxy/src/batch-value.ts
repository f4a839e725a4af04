import { deserialize } from "capnweb";
import { forbidden, malformed, tooMany } from "./batch-error.js";
import type { Exports } from "./batch-exports.js";
import { checkProperty, pathOf, type Path } from "./batch-path.js";
import type { Callbacks } from "./config-methods.js";
import { quote, quoteValue } from "./quote.js";

const DEEPEST = 64;
const MOST_REFERENCES = 64;

/** Forms that stand for themselves: the Cap'n Web library reads them. */
const LEAVES: ReadonlySet<unknown> = new Set(["undefined", "nan", "inf", "-inf", "date", "bigint", "bytes"]);

const NOT_PROPERTIES: ReadonlySet<string> = new Set(["name", "message", "stack"]);

/** An earlier result, or a property of it, and the place in the arguments that it belongs in. */
export interface Reference {
  readonly id: number;
  readonly path: Path;
  readonly holder: object;
  readonly key: string | number;
}

/** A function or an object that the caller has, under the id that it gave it, and the place that it belongs in. */
export interface Callback {
  readonly id: number;
  readonly holder: object;
  readonly key: string | number;
}

/** Makes values of the arguments of a call, in place: data, results of earlier calls that are data, and callbacks. */
export function readArguments(
  args: unknown[],
  exports: Exports,
  accepted?: Callbacks,
): { readonly references: readonly Reference[]; readonly callbacks: readonly Callback[] } {
  const references: Reference[] = [];
  const callbacks: Callback[] = [];
  // The message, its expression and the list of arguments are three levels above the first argument.
  readItems(args, 4);
  return { references, callbacks };

  function readItems(items: unknown[], depth: number): unknown[] {
    for (let i = 0; i < items.length; i++) items[i] = read(items[i], items, i, depth);
    return items;
  }

  function read(value: unknown, holder: object, key: string | number, depth: number): unknown {
    if (typeof value !== "object" || value === null) return value;
    if (depth > DEEPEST) throw malformed(`A message is nested deeper than ${DEEPEST} levels.`);
    if (!Array.isArray(value)) return readMembers(value as Record<string, unknown>, depth + 1);
    const [tag, ...rest] = value as unknown[];
    if (Array.isArray(tag) && rest.length === 0) return readItems(tag, depth + 2);
    if (LEAVES.has(tag)) return readLeaf(value);
    if (tag === "error") return readError(rest, depth);
    if (tag === "export" && accepted !== undefined) {
      callbacks.push({ id: readExport(rest), holder, key });
      return undefined; // Until the call is made.
    }
    if (tag !== "pipeline") {
      throw malformed(`A message has a value of the form ${quoteValue(tag)}, which the proxy does not serve.`);
    }
    references.push({ ...readReference(rest, exports), holder, key });
    return undefined; // Until the result is there.
  }

  function readMembers(members: Record<string, unknown>, depth: number): object {
    for (const key of Object.keys(members)) {
      requireKey(key);
      members[key] = read(members[key], members, key, depth);
    }
    return members;
  }

  function readError(rest: readonly unknown[], depth: number): unknown {
    const [type, message, stack, properties] = rest;
    const wellFormed =
      typeof type === "string" &&
      typeof message === "string" &&
      (stack === undefined || stack === null || typeof stack === "string") &&
      (rest.length < 4 || (typeof properties === "object" && properties !== null && !Array.isArray(properties))) &&
      rest.length <= 4;
    if (!wellFormed) throw malformed('A message has a value "error" that is not well-formed.');
    const error = deserialize(JSON.stringify(["error", type, message, stack])) as Record<string, unknown>;
    if (rest.length < 4) return error;
    if (depth + 1 > DEEPEST) throw malformed(`A message is nested deeper than ${DEEPEST} levels.`);
    for (const [key, property] of Object.entries(properties as object)) {
      requireKey(key);
      // The library drops those that would change what the error itself says.
      const holder = NOT_PROPERTIES.has(key) ? {} : error;
      (holder as Record<string, unknown>)[key] = read(property, holder, key, depth + 2);
    }
    return error;
  }
}

function requireKey(key: string): void {
  if (key in Object.prototype || key === "toJSON") {
    throw malformed(`A message has an object with the key ${quote(key)}, which the Cap'n Web library would drop.`);
  }
}

function readLeaf(leaf: readonly unknown[]): unknown {
  if (leaf.every((part) => typeof part !== "object" || part === null)) {
    try {
      return deserialize(JSON.stringify(leaf));
    } catch {
      // Said below, in words of our own: the library quotes the value.
    }
  }
  throw malformed(`A message has a value ${quoteValue(leaf[0])} that is not well-formed.`);
}

function readExport([id, ...further]: readonly unknown[]): number {
  if (typeof id === "number" && Number.isInteger(id) && id < 0 && further.length === 0) return id;
  throw malformed('A message has a value "export" that is not well-formed.');
}

/** An earlier result, or a property of it, as an argument. Calls stand alone in a push. */
function readReference(rest: readonly unknown[], exports: Exports): { id: number; path: Path } {
  if (rest.length > 2) throw malformed("A message has a call inside the arguments of another: push it by itself.");
  if (exports.countReference() > MOST_REFERENCES) {
    throw tooMany(`Results are used as arguments more than ${MOST_REFERENCES} times.`);
  }
  const [id, path] = rest;
  const of = exports.get(id);
  if (rest.length === 2) {
    const names = pathOf(path);
    checkProperty(of, names);
    return { id: id as number, path: names };
  }
  if (of !== "data") throw forbidden("A message passes a returned object as an argument: arguments are data.");
  return { id: id as number, path: [] };
}

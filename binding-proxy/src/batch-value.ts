import { deserialize } from "capnweb";
import { forbidden, malformed, tooMany } from "./batch-error.js";
import type { Exports } from "./batch-exports.js";
import { checkProperty, pathOf } from "./batch-path.js";
import { quote, quoteValue } from "./quote.js";

const DEEPEST = 64;
const MOST_REFERENCES = 64;

/** Forms that the library evaluates without anything else: it is asked whether it takes them. */
const LEAVES: ReadonlySet<unknown> = new Set(["undefined", "nan", "inf", "-inf", "date", "bigint", "bytes"]);

/** The arguments of a call: data, and results of earlier calls that are data. */
export function checkArguments(args: readonly unknown[], exports: Exports): void {
  // The message, its expression and the list of arguments are three levels above the first argument.
  for (const arg of args) check(arg, exports, 4);
}

function check(value: unknown, exports: Exports, depth: number): void {
  if (typeof value !== "object" || value === null) return;
  if (depth > DEEPEST) throw malformed(`The batch is nested deeper than ${DEEPEST} levels.`);
  if (!Array.isArray(value)) {
    for (const [key, member] of Object.entries(value)) {
      if (key in Object.prototype || key === "toJSON") {
        throw malformed(`The batch has an object with the key ${quote(key)}, which the Cap'n Web library would drop.`);
      }
      check(member, exports, depth + 1);
    }
    return;
  }
  const [tag, ...rest] = value as unknown[];
  if (Array.isArray(tag) && rest.length === 0) {
    for (const item of tag) check(item, exports, depth + 2);
    return;
  }
  if (LEAVES.has(tag)) return checkLeaf(value);
  if (tag === "error") return checkError(rest, exports, depth);
  if (tag === "pipeline") return checkReference(rest, exports);
  throw malformed(`The batch has a value of the form ${quoteValue(tag)}, which the proxy does not serve.`);
}

function checkLeaf(leaf: readonly unknown[]): void {
  if (leaf.every((part) => typeof part !== "object" || part === null)) {
    try {
      deserialize(JSON.stringify(leaf));
      return;
    } catch {
      // Said below, in words of our own: the library quotes the value.
    }
  }
  throw malformed(`The batch has a value ${quoteValue(leaf[0])} that is not well-formed.`);
}

function checkError(rest: readonly unknown[], exports: Exports, depth: number): void {
  const [type, message, stack, properties] = rest;
  const wellFormed =
    typeof type === "string" &&
    typeof message === "string" &&
    (stack === undefined || stack === null || typeof stack === "string") &&
    (rest.length < 4 || (typeof properties === "object" && properties !== null && !Array.isArray(properties))) &&
    rest.length <= 4;
  if (!wellFormed) throw malformed('The batch has a value "error" that is not well-formed.');
  check(properties, exports, depth + 1);
}

/** An earlier result, or a property of it, as an argument. Calls stand alone in a push. */
function checkReference(rest: readonly unknown[], exports: Exports): void {
  if (rest.length > 2) throw malformed("The batch has a call inside the arguments of another: push it by itself.");
  if (exports.countReference() > MOST_REFERENCES) {
    throw tooMany(`A batch uses results as arguments at most ${MOST_REFERENCES} times.`);
  }
  const [id, path] = rest;
  const of = exports.get(id);
  if (rest.length === 2) {
    checkProperty(of, pathOf(path));
  } else if (of !== "data") {
    throw forbidden("The batch passes a returned object as an argument: arguments are data.");
  }
}

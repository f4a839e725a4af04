import { Allowance } from "./allowance.js";
import type { Code } from "./codes.js";
import { copyData } from "./plain-data.js";

const LARGEST_PROPERTY = 64 << 10;
const NONE: ReadonlySet<string> = new Set();

/** The errors made in here, which are safe already. */
const made = new WeakSet<Error>();

/**
 * A target's error as callers may see it: name, message and the listed properties that are data. No stack, no cause.
 * Takes from the allowance what has arrived of them. Name and message are cut after the longest number of characters.
 * An object that is thrown without being an Error arrives as it is from compatibility date 2026-04-21 on.
 */
export function safeError(
  error: unknown,
  properties: ReadonlySet<string>,
  allowance: Allowance,
  longest = Infinity,
): Error {
  if (error instanceof Error && made.has(error)) return error;
  const name = error instanceof Error ? textOf(error.name, "Error") : "Error";
  const message = error instanceof Error ? textOf(error.message, "") : textOfThrown(error);
  allowance.take(name.length + message.length);
  const safe = plainError(name.slice(0, longest), message.slice(0, longest));
  for (const name of properties) {
    const value = ownValue(error, name);
    if (value === undefined) continue;
    try {
      const own = new Allowance(LARGEST_PROPERTY);
      define(
        safe,
        name,
        copyData(value, (nested) => safeError(nested, NONE, own), own),
        true,
      );
    } catch {
      // What is not data, or too large, is left out: the error matters more than its properties.
    }
  }
  return safe;
}

/** The proxy's own error. Recognized by its properties, whose names no target's error can carry. */
export function proxyError(
  code: Code,
  message: string,
  further: { readonly [name: `bindingProxy${string}`]: string | number } = {},
): Error {
  const error = plainError("BindingProxyError", message);
  for (const [name, value] of Object.entries({ bindingProxyCode: code, ...further })) define(error, name, value, true);
  return error;
}

function plainError(name: string, message: string): Error {
  const error = new Error(message);
  define(error, "name", name, false);
  define(error, "stack", undefined, false);
  made.add(error);
  return error;
}

function define(error: Error, name: string, value: unknown, enumerable: boolean): void {
  Object.defineProperty(error, name, { value, enumerable, configurable: true, writable: true });
}

const textOf = (value: unknown, otherwise: string): string => (typeof value === "string" ? value : otherwise);

const ownValue = (of: unknown, name: string): unknown =>
  Object.getOwnPropertyDescriptor(Object(of), name)?.value as unknown;

const textOfThrown = (value: unknown): string =>
  typeof value === "object" || typeof value === "function"
    ? textOf(ownValue(value, "message"), "The target threw a value that is not an Error.")
    : String(value);

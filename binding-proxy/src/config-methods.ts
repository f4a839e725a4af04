import { ConfigError, quoteConfigured } from "./config-error.js";

/** Names of methods that may be called by RPC. Where the value is set, the method returns an object with those methods. */
export type Methods = ReadonlyMap<string, Methods | undefined>;

/** What the RPC operation may do with a binding. */
export interface RpcConfig {
  readonly methods: Methods;
  /** Own properties of a target's errors that are passed to callers, beside name and message. */
  readonly errorProperties: ReadonlySet<string>;
}

const IDENTIFIER = /^[A-Za-z][A-Za-z0-9_]{0,62}$/;
const DEEPEST = 8;

/** Methods of the runtime: on stubs, of entrypoints and of Durable Objects. Never a target's own RPC method. */
const RESERVED: ReadonlySet<string> = new Set([
  ...["fetch", "connect", "dup", "onRpcBroken", "then", "catch", "finally", "toJSON", "prototype"],
  ...["scheduled", "queue", "alarm", "tail", "tailStream", "trace", "email", "test"],
  ...["webSocketMessage", "webSocketClose", "webSocketError"],
]);

const isReserved = (name: string): boolean => RESERVED.has(name) || name in Object.prototype;

/** `only`: the methods that a binding of this kind has, where the runtime defines them. */
export function parseRpc(
  { methods, errorProperties }: Record<string, unknown>,
  at: string,
  only?: readonly string[],
): RpcConfig | undefined {
  if (methods !== undefined) {
    return {
      methods: parseMethods(methods, `${at}.methods`, only, 1),
      errorProperties: parseErrorProperties(errorProperties, `${at}.errorProperties`),
    };
  }
  if (errorProperties === undefined) return undefined;
  throw new ConfigError(`${at} has errorProperties without methods: they are for RPC alone.`);
}

function parseMethods(value: unknown, at: string, only: readonly string[] | undefined, depth: number): Methods {
  if (depth > DEEPEST) throw new ConfigError(`${at} is nested deeper than ${DEEPEST} levels of returns.`);
  if (typeof value !== "object" || value === null) {
    throw new ConfigError(`${at} must be a list such as ["getUser"], or an object such as { "getUser": {} }.`);
  }
  const entries: readonly [unknown, unknown][] = Array.isArray(value)
    ? value.map((name: unknown) => [name, {}])
    : Object.entries(value);
  const methods = new Map<string, Methods | undefined>();
  for (const [name, entry] of entries) {
    if (typeof name !== "string" || !IDENTIFIER.test(name)) {
      throw new ConfigError(
        `${at} has the name ${quoteConfigured(name)}: use a letter, then letters, digits and _, at most 63.`,
      );
    }
    if (isReserved(name))
      throw new ConfigError(`${at} has ${quoteConfigured(name)}, which is never called by RPC. Remove it.`);
    if (only !== undefined && !only.includes(name)) {
      throw new ConfigError(`${at} has ${quoteConfigured(name)}. A binding of this kind has: ${only.join(", ")}.`);
    }
    if (methods.has(name)) throw new ConfigError(`${at} has ${quoteConfigured(name)} twice.`);
    methods.set(name, parseReturns(entry, `${at}.${name}`, only, depth));
  }
  if (methods.size === 0) throw new ConfigError(`${at} is empty: list at least one method, or leave it out.`);
  return methods;
}

function parseReturns(entry: unknown, at: string, only: readonly string[] | undefined, depth: number) {
  if (typeof entry !== "object" || entry === null || Array.isArray(entry)) {
    throw new ConfigError(`${at} must be {} or { "returns": { … } }.`);
  }
  const unknownMember = Object.keys(entry).find((member) => member !== "returns" || only !== undefined);
  if (unknownMember !== undefined) {
    throw new ConfigError(
      `${at} has the unknown member ${quoteConfigured(unknownMember)}. It takes: ${only ? "none" : "returns"}.`,
    );
  }
  return "returns" in entry ? parseMethods(entry.returns, `${at}.returns`, undefined, depth + 1) : undefined;
}

function parseErrorProperties(value: unknown, at: string): ReadonlySet<string> {
  if (value === undefined) return new Set();
  if (!Array.isArray(value)) throw new ConfigError(`${at} must be a list such as ["code", "retryable"].`);
  return new Set(
    value.map((name: unknown) => {
      if (typeof name === "string" && IDENTIFIER.test(name) && isErrorProperty(name)) return name;
      throw new ConfigError(
        `${at} has ${quoteConfigured(name)}: use names such as "code", and none of name, message, stack, cause, bindingProxy*.`,
      );
    }),
  );
}

function isErrorProperty(name: string): boolean {
  return (
    !["name", "message", "stack", "cause", "toJSON"].includes(name) &&
    !name.startsWith("bindingProxy") &&
    !(name in Object.prototype)
  );
}

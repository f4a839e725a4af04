import { ConfigError, quoteConfigured } from "./config-error.js";
import { parseSessions, type SessionLimits } from "./config-sessions.js";

/** Methods that may be called by RPC, by their names. */
export type Methods = ReadonlyMap<string, Method>;

export interface Method {
  /** Of the object that the method returns. Absent if it returns data. */
  readonly returns?: Methods;
  /** What a caller's session may pass as arguments beside data: functions, or objects with these methods. */
  readonly callbacks?: Callbacks;
}

export type Callbacks = "functions" | readonly string[];

/** What the RPC operation may do with a binding. */
export interface RpcConfig {
  readonly methods: Methods;
  /** Own properties of a target's errors that are passed to callers, beside name and message. */
  readonly errorProperties: ReadonlySet<string>;
  /** Absent if the binding serves only batches. */
  readonly sessions: SessionLimits | undefined;
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
  { methods, errorProperties, sessions }: Record<string, unknown>,
  at: string,
  only?: readonly string[],
): RpcConfig | undefined {
  if (methods !== undefined) {
    return {
      methods: parseMethods(methods, `${at}.methods`, only, 1),
      errorProperties: parseErrorProperties(errorProperties, `${at}.errorProperties`),
      sessions: parseSessions(sessions, `${at}.sessions`),
    };
  }
  const lonely = errorProperties !== undefined ? "errorProperties" : sessions !== undefined ? "sessions" : undefined;
  if (lonely === undefined) return undefined;
  throw new ConfigError(`${at} has ${lonely} without methods: they are for RPC alone.`);
}

function parseMethods(value: unknown, at: string, only: readonly string[] | undefined, depth: number): Methods {
  if (depth > DEEPEST) throw new ConfigError(`${at} is nested deeper than ${DEEPEST} levels of returns.`);
  if (typeof value !== "object" || value === null) {
    throw new ConfigError(`${at} must be a list such as ["getUser"], or an object such as { "getUser": {} }.`);
  }
  const entries: readonly [unknown, unknown][] = Array.isArray(value)
    ? value.map((name: unknown) => [name, {}])
    : Object.entries(value);
  const methods = new Map<string, Method>();
  for (const [name, entry] of entries) {
    checkName(name, at);
    if (only !== undefined && !only.includes(name)) {
      throw new ConfigError(`${at} has ${quoteConfigured(name)}. A binding of this kind has: ${only.join(", ")}.`);
    }
    if (methods.has(name)) throw new ConfigError(`${at} has ${quoteConfigured(name)} twice.`);
    methods.set(name, parseMethod(entry, `${at}.${name}`, only, depth));
  }
  if (methods.size === 0) throw new ConfigError(`${at} is empty: list at least one method, or remove it.`);
  return methods;
}

function checkName(name: unknown, at: string): asserts name is string {
  if (typeof name !== "string" || !IDENTIFIER.test(name)) {
    throw new ConfigError(
      `${at} has the name ${quoteConfigured(name)}: use a letter, then letters, digits and _, at most 63.`,
    );
  }
  if (isReserved(name)) {
    throw new ConfigError(`${at} has ${quoteConfigured(name)}, which is never called by RPC. Remove it.`);
  }
}

function parseMethod(entry: unknown, at: string, only: readonly string[] | undefined, depth: number): Method {
  if (typeof entry !== "object" || entry === null || Array.isArray(entry)) {
    throw new ConfigError(`${at} must be {} or { "returns": { … } }.`);
  }
  const known = only ? [] : ["returns", "callbacks"];
  const unknownMember = Object.keys(entry).find((member) => !known.includes(member));
  if (unknownMember !== undefined) {
    throw new ConfigError(
      `${at} has the unknown member ${quoteConfigured(unknownMember)}. It takes: ${known.join(", ") || "none"}.`,
    );
  }
  return {
    ...("returns" in entry && { returns: parseMethods(entry.returns, `${at}.returns`, undefined, depth + 1) }),
    ...("callbacks" in entry && { callbacks: parseCallbacks(entry.callbacks, `${at}.callbacks`) }),
  };
}

function parseCallbacks(value: unknown, at: string): Callbacks {
  if (value === true) return "functions";
  if (!Array.isArray(value) || value.length === 0) {
    throw new ConfigError(
      `${at} must be true, for functions, or a list of an object's methods such as ["onProgress"].`,
    );
  }
  return value.map((name: unknown) => {
    checkName(name, at);
    return name;
  });
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

import { ConfigError, jsonObject } from "./config-error.js";
import { isOperation, OPERATIONS, type Operation } from "./protocol.js";
import { quote } from "./quote.js";

/** Two secrets can be valid at once, so that they can be rotated without an outage. */
const SECRETS = ["PROXY_TOKEN", "PROXY_TOKEN_NEXT"] as const;
type SecretName = (typeof SECRETS)[number];

const SECRET = /^[\x21-\x7e]{32,1000}$/;

/** What a token may be used for. `undefined` stands for everything. */
export interface Scope {
  readonly bindings: ReadonlySet<string> | undefined;
  readonly operations: ReadonlySet<Operation> | undefined;
}

export interface Token {
  readonly secret: string;
  readonly scope: Scope;
}

export const EVERYTHING: Scope = { bindings: undefined, operations: undefined };

type TokenEnv = { readonly [Name in SecretName | "TOKEN_SCOPES"]?: unknown };

export function parseTokens(env: TokenEnv, known: ReadonlyMap<string, unknown>): readonly Token[] {
  const scopes = parseScopes(env.TOKEN_SCOPES, known);
  return SECRETS.flatMap((name) => {
    const secret = env[name];
    if (secret === undefined) return [];
    if (typeof secret !== "string" || !SECRET.test(secret)) {
      throw new ConfigError(
        `${name} must be 32 to 1000 visible ASCII characters (no space, no line break at its end).`,
      );
    }
    return [{ secret, scope: scopes.get(name) ?? EVERYTHING }];
  });
}

function parseScopes(value: unknown, known: ReadonlyMap<string, unknown>): ReadonlyMap<string, Scope> {
  const scopes = value === undefined ? {} : jsonObject(value, "TOKEN_SCOPES");
  return new Map(
    Object.entries(scopes).map(([name, entry]) => {
      if (!(SECRETS as readonly string[]).includes(name)) {
        throw new ConfigError(`TOKEN_SCOPES has the unknown member ${quote(name)}. It takes: ${SECRETS.join(", ")}.`);
      }
      return [name, parseScope(entry, `TOKEN_SCOPES.${name}`, known)];
    }),
  );
}

function parseScope(value: unknown, at: string, known: ReadonlyMap<string, unknown>): Scope {
  const { bindings, operations, ...rest } = jsonObject(value, at);
  const [unknownMember] = Object.keys(rest);
  if (unknownMember !== undefined) {
    throw new ConfigError(`${at} has the unknown member ${quote(unknownMember)}. It takes: bindings, operations.`);
  }
  return {
    bindings: setOf(bindings, `${at}.bindings`, (name): name is string => known.has(name), "names listed in BINDINGS"),
    operations: setOf(operations, `${at}.operations`, isOperation, OPERATIONS.join(", ")),
  };
}

function setOf<T extends string>(value: unknown, at: string, accepts: (item: string) => item is T, allowed: string) {
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) throw new ConfigError(`${at} must be an array of: ${allowed}.`);
  return new Set(
    value.map((item): T => {
      if (typeof item === "string" && accepts(item)) return item;
      throw new ConfigError(`${at} holds ${quote(String(item))}. It takes: ${allowed}.`);
    }),
  );
}

import { ConfigError, jsonObject, jsonVariable, quoteConfigured, SecretError } from "./config-error.js";
import { isOperation, OPERATIONS, type Operation } from "./protocol.js";

/** Two secrets can be valid at once, so that they can be rotated without an outage. */
const SECRETS = ["PROXY_TOKEN", "PROXY_TOKEN_NEXT"] as const;
type SecretName = (typeof SECRETS)[number];

/** Visible ASCII without the comma, which no control header may hold. */
const SECRET = /^[\x21-\x2b\x2d-\x7e]{32,1000}$/;

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

type Secrets = ReadonlyMap<SecretName, string>;

/** The secrets that callers can present. One that is not well-formed is as good as missing. */
export function usableSecrets(env: { readonly [Name in SecretName]?: unknown }): Secrets {
  const secrets = new Map<SecretName, string>();
  for (const name of SECRETS) {
    const secret = env[name];
    if (typeof secret === "string" && SECRET.test(secret)) secrets.set(name, secret);
  }
  return secrets;
}

export function checkSecrets(env: { readonly [Name in SecretName]?: unknown }, secrets: Secrets): void {
  for (const name of SECRETS) {
    if (env[name] === undefined || secrets.has(name)) continue;
    throw new SecretError(
      `${name} must be 32 to 1000 visible ASCII characters (no space, no comma, no line break at its end).`,
    );
  }
}

export function parseScopes(value: unknown, known: ReadonlyMap<string, unknown>): ReadonlyMap<string, Scope> {
  const scopes = value === undefined ? {} : jsonVariable(value, "TOKEN_SCOPES");
  return new Map(
    Object.entries(scopes).map(([name, entry]) => {
      if (!(SECRETS as readonly string[]).includes(name)) {
        throw new ConfigError(
          `TOKEN_SCOPES has the unknown member ${quoteConfigured(name)}. It takes: ${SECRETS.join(", ")}.`,
        );
      }
      return [name, parseScope(entry, `TOKEN_SCOPES.${name}`, known)];
    }),
  );
}

function parseScope(value: unknown, at: string, known: ReadonlyMap<string, unknown>): Scope {
  const { bindings, operations, ...rest } = jsonObject(value, at, '{ "operations": ["fetch"] }');
  const [unknownMember] = Object.keys(rest);
  if (unknownMember !== undefined) {
    throw new ConfigError(
      `${at} has the unknown member ${quoteConfigured(unknownMember)}. It takes: bindings, operations.`,
    );
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
      throw new ConfigError(`${at} holds ${quoteConfigured(item)}. It takes: ${allowed}.`);
    }),
  );
}

import type { Config } from "./config.js";
import { EVERYTHING, type Scope, type Token } from "./config-tokens.js";
import type { Operation } from "./protocol.js";
import { Refusal } from "./refusal.js";

const BEARER = /^bearer ([\x21-\x7e]+)$/i;
const LOOPBACK = new Set(["127.0.0.1", "[::1]", "localhost"]);
const encoder = new TextEncoder();

/** Finished values only: a promise made by one request must not be awaited by another. */
const digests = new WeakMap<Token, ArrayBuffer>();

/** The scopes of the tokens that match what the caller presents: usually one. */
export type Grant = readonly Scope[];

export async function authorise(
  authorization: string | undefined,
  url: string,
  config: Config,
): Promise<Grant | Refusal> {
  if (authorization === undefined) {
    return config.allowAnonymous && LOOPBACK.has(new URL(url).hostname) ? [EVERYTHING] : new Refusal("UNAUTHORIZED");
  }
  const presented = BEARER.exec(authorization)?.[1];
  if (presented === undefined) return new Refusal("UNAUTHORIZED");
  const digest = await sha256(presented);
  const grant: Scope[] = [];
  for (const token of config.tokens) {
    if (crypto.subtle.timingSafeEqual(digest, await digestOf(token))) grant.push(token.scope);
  }
  return grant.length > 0 ? grant : new Refusal("UNAUTHORIZED");
}

export function permits(grant: Grant, operation: Operation, binding?: string): boolean {
  return grant.some(
    ({ operations, bindings }) =>
      (operations?.has(operation) ?? true) && (binding === undefined || (bindings?.has(binding) ?? true)),
  );
}

async function digestOf(token: Token): Promise<ArrayBuffer> {
  const known = digests.get(token);
  if (known !== undefined) return known;
  const digest = await sha256(token.secret);
  digests.set(token, digest);
  return digest;
}

function sha256(text: string): Promise<ArrayBuffer> {
  return crypto.subtle.digest("SHA-256", encoder.encode(text));
}

import type { Config } from "./config.js";
import { EVERYTHING, type Scope, type Token } from "./config-tokens.js";
import type { Operation } from "./protocol.js";
import { Refusal } from "./refusal.js";

const BEARER = /^bearer ([\x21-\x7e]+)$/i;
const LOOPBACK = new Set(["127.0.0.1", "[::1]", "localhost"]);
const encoder = new TextEncoder();

/** More than the longest secret, so that all comparisons take the same time, whatever a secret's length is. */
const COMPARED = 1024;
const compared = new WeakMap<Token, Uint8Array>();

/** The scopes of the tokens that match what the caller presents: usually one. */
export type Grant = readonly Scope[];

export function authorise(authorization: string | undefined, url: string, config: Config): Grant | Refusal {
  if (authorization === undefined) {
    return config.allowAnonymous && LOOPBACK.has(new URL(url).hostname) ? [EVERYTHING] : new Refusal("UNAUTHORIZED");
  }
  const presented = BEARER.exec(authorization)?.[1];
  if (presented === undefined || presented.length > COMPARED) return new Refusal("UNAUTHORIZED");
  const bytes = padded(presented);
  const grant: Scope[] = [];
  for (const token of config.tokens) {
    if (crypto.subtle.timingSafeEqual(bytes, bytesOf(token))) grant.push(token.scope);
  }
  return grant.length > 0 ? grant : new Refusal("UNAUTHORIZED");
}

export function permits(grant: Grant, operation: Operation, binding?: string): boolean {
  return grant.some(
    ({ operations, bindings }) =>
      (operations?.has(operation) ?? true) && (binding === undefined || (bindings?.has(binding) ?? true)),
  );
}

function bytesOf(token: Token): Uint8Array {
  let bytes = compared.get(token);
  if (bytes === undefined) compared.set(token, (bytes = padded(token.secret)));
  return bytes;
}

/** With zeros behind it, which no secret has in it. */
function padded(text: string): Uint8Array {
  const bytes = new Uint8Array(COMPARED);
  encoder.encodeInto(text, bytes);
  return bytes;
}

import { quote } from "./quote.js";
import { EVERYTHING, type Scope, type Token } from "./config-tokens.js";
import type { Operation } from "./protocol.js";
import { Refusal } from "./refusal.js";

const BEARER = /^bearer ([\x21-\x7e]+)$/i;
const LOOPBACK = new Set(["127.0.0.1", "[::1]", "localhost"]);
const HOST = /^https?:\/\/([^/?#]*?)(?::\d*)?(?:[/?#]|$)/;
const encoder = new TextEncoder();

/** More than the longest secret, so that all comparisons take the same time, whatever a secret's length is. */
const COMPARED = 1024;
const compared = new WeakMap<Token, Uint8Array>();
/** Written anew for each request, and read before another can be served. */
const presentedBytes = new Uint8Array(COMPARED);

/** The scopes of the tokens that match what the caller presents: usually one. */
export type Grant = readonly Scope[];

/** Whom a configuration lets in, also one that has a mistake elsewhere. */
interface Door {
  readonly tokens: readonly Token[];
  readonly allowAnonymous: boolean;
}

export function authorise(authorization: string | undefined, url: string, config: Door): Grant | Refusal {
  if (authorization === undefined) return config.allowAnonymous ? anonymous(url) : new Refusal("UNAUTHORIZED");
  const presented = BEARER.exec(authorization)?.[1];
  if (presented === undefined || presented.length > COMPARED) return new Refusal("UNAUTHORIZED");
  write(presented, presentedBytes);
  const grant: Scope[] = [];
  for (const token of config.tokens) {
    if (crypto.subtle.timingSafeEqual(presentedBytes, bytesOf(token))) grant.push(token.scope);
  }
  return grant.length > 0 ? grant : new Refusal("UNAUTHORIZED");
}

/** The host is compared as it stands in the URL: a parser would read further forms, such as 127.1, as one of these. */
function anonymous(url: string): Grant | Refusal {
  const host = HOST.exec(url)?.[1] ?? "";
  if (LOOPBACK.has(host)) return [EVERYTHING];
  return new Refusal(
    "UNAUTHORIZED",
    `ALLOW_ANONYMOUS lets requests to 127.0.0.1, [::1] and localhost in without a token, and this one is for ${quote(host)}. Under wrangler dev the routes set the host: write "dev": { "host": "localhost" } in wrangler.jsonc.`,
  );
}

export function permits(grant: Grant, operation: Operation, binding?: string): boolean {
  return grant.some(
    ({ operations, bindings }) =>
      (operations?.has(operation) ?? true) && (binding === undefined || (bindings?.has(binding) ?? true)),
  );
}

function bytesOf(token: Token): Uint8Array {
  let bytes = compared.get(token);
  if (bytes === undefined) compared.set(token, (bytes = write(token.secret, new Uint8Array(COMPARED))));
  return bytes;
}

/** With zeros behind it, which no secret has in it. */
function write(text: string, bytes: Uint8Array): Uint8Array {
  bytes.fill(0);
  encoder.encodeInto(text, bytes);
  return bytes;
}

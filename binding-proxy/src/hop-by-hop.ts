/** Headers of one connection alone, and those that `Connection` names: a proxy passes none of them on. */
const HOP_BY_HOP: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** A copy without hop-by-hop headers, the given names (in lower case) and those that begin with a prefix. */
export function withoutHopByHop(from: Headers, names: ReadonlySet<string>, prefixes: readonly string[]): Headers {
  const headers = new Headers(from);
  const named = new Set(
    from
      .get("connection")
      ?.toLowerCase()
      .split(/[\s,]+/),
  );
  for (const name of from.keys()) {
    if (
      HOP_BY_HOP.has(name) ||
      named.has(name) ||
      names.has(name) ||
      prefixes.some((prefix) => name.startsWith(prefix))
    ) {
      headers.delete(name);
    }
  }
  return headers;
}

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

const NONE: ReadonlySet<string> = new Set();

/**
 * Deletes hop-by-hop headers, those of the given names (in lower case) and those that begin with a prefix. `names` are
 * all names there are: the runtime is slow to list them.
 */
export function dropHeaders(
  headers: Headers,
  names: readonly string[],
  dropped: ReadonlySet<string>,
  prefixes: readonly string[],
): void {
  const connection = names.includes("connection") ? headers.get("connection") : null;
  const named = connection === null ? NONE : new Set(connection.toLowerCase().split(/[\s,]+/));
  for (const name of names) {
    if (
      HOP_BY_HOP.has(name) ||
      named.has(name) ||
      dropped.has(name) ||
      prefixes.some((prefix) => name.startsWith(prefix))
    ) {
      headers.delete(name);
    }
  }
}

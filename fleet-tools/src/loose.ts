/**
 * Reads values of a configuration that may be of another type than wrangler's types say: its reader reports them, and
 * leaves them in their place.
 */

/** The entries of a list of objects; an entry that is not an object counts as an empty one. */
export function entriesOf<T extends object>(list: readonly T[] | undefined): readonly T[] {
  if (!Array.isArray(list)) return [];
  return list.map((entry: T | null) => (typeof entry === "object" && entry !== null ? entry : ({} as T)));
}

/** The members of an object. */
export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

/** The strings of a list. */
export function textsOf(list: unknown): string[] {
  return Array.isArray(list) ? list.filter((each) => typeof each === "string") : [];
}

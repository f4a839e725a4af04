const LONGEST = 64;

/** Foreign text for an error sentence: at most 64 characters, in quotes, everything but visible ASCII escaped. */
export function quote(text: string): string {
  const cut = text.length > LONGEST ? text.slice(0, LONGEST) : text;
  return JSON.stringify(cut).replace(/[^\x20-\x7e]/g, (c) => "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0"));
}

/** The same for a value out of foreign JSON. Never its own toString, which may be anything. */
export function quoteValue(value: unknown): string {
  if (typeof value === "string") return quote(value);
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" && value !== null ? "an object" : String(value);
}

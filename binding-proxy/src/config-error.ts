import { quoteValue } from "./quote.js";

/** A mistake in the proxy's own configuration. The message says what to write instead. */
export class ConfigError extends Error {}

/** A mistake in the secrets themselves. Its message holds nothing of the configuration. */
export class SecretError extends ConfigError {}

/** A variable that wrangler passes as JSON, or as a string of JSON if it was set in a dashboard. */
export function jsonVariable(value: unknown, name: string): Record<string, unknown> {
  if (typeof value !== "string") return jsonObject(value, name);
  let parsed: unknown;
  try {
    parsed = JSON.parse(value);
  } catch {
    throw new ConfigError(`${name} is not valid JSON.`);
  }
  return jsonObject(parsed, name);
}

export function jsonObject(value: unknown, name: string, example?: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new ConfigError(`${name} must be ${example ? `an object such as ${example}` : "a JSON object"}.`);
  }
  return value as Record<string, unknown>;
}

/** Shorter than any token, so that one that was written in the wrong place is not quoted. */
const LONGEST = 31;

/** A name or value from the configuration, for a sentence: quoted if it is short, and otherwise described. */
export function quoteConfigured(value: unknown): string {
  return typeof value === "string" && value.length > LONGEST
    ? `a string of ${value.length} characters`
    : quoteValue(value);
}

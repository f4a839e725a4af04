/** A mistake in the proxy's own configuration. The message says what to write instead and holds no secret. */
export class ConfigError extends Error {}

/** A variable that wrangler passes as JSON, or as a string of JSON where it was set in a dashboard. */
export function jsonObject(value: unknown, name: string): Record<string, unknown> {
  let parsed: unknown = value;
  if (typeof value === "string") {
    try {
      parsed = JSON.parse(value);
    } catch {
      throw new ConfigError(`${name} is not valid JSON.`);
    }
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    throw new ConfigError(`${name} must be a JSON object.`);
  }
  return parsed as Record<string, unknown>;
}

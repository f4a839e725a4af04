import { ConfigError, jsonObject, quoteConfigured } from "./config-error.js";

/** Of one message that comes in, in characters. */
export const LONGEST_MESSAGE = 1 << 20;

/** Of the messages of calls in flight, in characters: their arguments need several times as much memory. */
export const LARGEST_IN_FLIGHT = 4 << 20;

/** What one RPC session may use. Each has a default, so that a binding with methods serves sessions. */
export interface SessionLimits {
  /** Calls that were accepted and have not ended. */
  readonly callsInFlight: number;
  /** Of those, how many run at the same time, at most: each may bring a result of 32 MiB. */
  readonly callsAtOnce: number;
  /** Results and objects that the caller has not released. */
  readonly exports: number;
  /** Calls in all. */
  readonly calls: number;
  /** Characters of the messages that came in, in all. */
  readonly bytesIn: number;
  /** Characters of the messages that went out, in all. */
  readonly bytesOut: number;
  /** Without a message and without a call in flight. */
  readonly idleSeconds: number;
  readonly totalSeconds: number;
}

export const DEFAULT_LIMITS: SessionLimits = {
  callsInFlight: 64,
  callsAtOnce: 10,
  exports: 1024,
  // A session is one request, and the runtime lets one request make 10,000 subrequests on the paid plan.
  calls: 10_000,
  bytesIn: 256 << 20,
  bytesOut: 256 << 20,
  idleSeconds: 300,
  totalSeconds: 3600,
};

/** Above these a mistake is more likely than a need. */
const LARGEST: SessionLimits = {
  callsInFlight: 1024,
  callsAtOnce: 64,
  exports: 65_536,
  calls: 10_000_000,
  bytesIn: 2 ** 40,
  bytesOut: 2 ** 40,
  idleSeconds: 86_400,
  totalSeconds: 86_400,
};

/** Undefined if the binding serves no sessions. */
export function parseSessions(value: unknown, at: string): SessionLimits | undefined {
  if (value === undefined || value === true) return DEFAULT_LIMITS;
  if (value === false) return undefined;
  const members = jsonObject(value, at, '{ "idleSeconds": 60 }, or true or false');
  const limits: Record<string, number> = { ...DEFAULT_LIMITS };
  for (const [name, wanted] of Object.entries(members)) {
    if (!Object.hasOwn(LARGEST, name)) {
      throw new ConfigError(
        `${at} has the unknown member ${quoteConfigured(name)}. It takes: ${Object.keys(LARGEST).join(", ")}.`,
      );
    }
    const largest = LARGEST[name as keyof SessionLimits];
    if (typeof wanted !== "number" || !Number.isInteger(wanted) || wanted < 1 || wanted > largest) {
      throw new ConfigError(`${at}.${name} must be a whole number from 1 to ${largest}.`);
    }
    limits[name] = wanted;
  }
  return limits as unknown as SessionLimits;
}

import type { DispatchCode } from "./codes.js";

/**
 * What the runtime says, word for word, when a call of a binding fails. A target can throw the same words, so they
 * choose the code alone, never the outcome.
 */
const TEXTS: readonly (readonly [text: string, code: DispatchCode])[] = [
  ["Callback returned incorrect type; expected 'Promise'", "TARGET_RETURNED_NO_RESPONSE"],
  ["Incorrect type for Promise: the Promise did not resolve to 'Response'", "TARGET_RETURNED_NO_RESPONSE"],
  [
    "Failed to execute 'respondWith' on 'FetchEvent': parameter 1 is not of type 'Promise'",
    "TARGET_RETURNED_NO_RESPONSE",
  ],
  ["Return value from serve handler must not be an error response", "TARGET_RETURNED_NO_RESPONSE"],
  ["Handler does not export a fetch() function", "NO_FETCH_HANDLER"],
  ["The Workers runtime canceled this request because it detected that your Worker's code had hung", "TARGET_HUNG"],
  ["Network connection lost", "NETWORK_LOST"],
];

/** What the runtime says of a failure of its own, and all that it says. */
export function isInternalError(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith("internal error; reference = ");
}

/** What such a failure means, and what to do: the same for a call and for diagnose. */
export const INTERNAL_ERROR = {
  diagnosis:
    "The runtime failed inside of the call, as it does where the binding's entrypoint is not a WorkerEntrypoint.",
  fix: "If wrangler.jsonc names an entrypoint for the binding, let the target export a class of that name that extends WorkerEntrypoint. Otherwise see the target's log.",
} as const;

export function codeOf(error: unknown): DispatchCode {
  if (typeof error !== "object" || error === null) return "TARGET_THREW";
  const { message, durableObjectReset, overloaded } = error as Record<string, unknown>;
  if (overloaded === true) return "OBJECT_OVERLOADED";
  if (durableObjectReset === true) return "OBJECT_RESET";
  if (typeof message !== "string") return "TARGET_THREW";
  return TEXTS.find(([text]) => message.startsWith(text))?.[1] ?? "TARGET_THREW";
}

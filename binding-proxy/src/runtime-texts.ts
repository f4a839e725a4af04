import { CODES, type DispatchCode } from "./codes.js";

/** What wrangler dev says of a Worker that it does not run. */
export const NOT_RUNNING = /^Worker ".*" not found\. Make sure it is running locally\.$/;

/**
 * What the runtime says, word for word, when a call of a binding fails. A target can throw the same words, so they
 * choose the code alone, never the outcome.
 */
const TEXTS: readonly (readonly [text: RegExp, code: DispatchCode])[] = [
  [/^Callback returned incorrect type; expected 'Promise'/, "TARGET_RETURNED_NO_RESPONSE"],
  [/^Incorrect type for Promise: the Promise did not resolve to 'Response'/, "TARGET_RETURNED_NO_RESPONSE"],
  [
    /^Failed to execute 'respondWith' on 'FetchEvent': parameter 1 is not of type 'Promise'/,
    "TARGET_RETURNED_NO_RESPONSE",
  ],
  [/^Return value from serve handler must not be an error response/, "TARGET_RETURNED_NO_RESPONSE"],
  [/^Handler does not export a fetch\(\) function/, "NO_FETCH_HANDLER"],
  [/^The Workers runtime canceled this request because it detected that your Worker's code had hung/, "TARGET_HUNG"],
  [/^Network connection lost/, "NETWORK_LOST"],
  // Of wrangler dev, which connects the Workers that run on a machine:
  [NOT_RUNNING, "TARGET_NOT_RUNNING"],
  [/^Cannot access ".*" as we couldn't find a local dev session for the ".*" entrypoint/, "TARGET_NOT_RUNNING"],
  [/^Worker does not export an entrypoint named "/, "ENTRYPOINT_MISSING"],
  [/^Worker does not export a Durable Object class named "/, "ENTRYPOINT_MISSING"],
];

/** What the runtime says of a failure of its own, and all that it says. */
export function isInternalError(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith("internal error; reference = ");
}

/** What such a failure means, and what to do: the same for a call and for diagnose. */
export const INTERNAL_ERROR = {
  diagnosis: "The runtime failed during the call, as it does if the binding's entrypoint is not a WorkerEntrypoint.",
  fix: "If wrangler.jsonc names an entrypoint for the binding, let the target export a class of that name that extends WorkerEntrypoint. Otherwise see the target's log.",
} as const;

export function codeOf(error: unknown): DispatchCode {
  if (typeof error !== "object" || error === null) return "TARGET_THREW";
  const { message, durableObjectReset, overloaded } = error as Record<string, unknown>;
  if (overloaded === true) return "OBJECT_OVERLOADED";
  if (durableObjectReset === true) return "OBJECT_RESET";
  if (typeof message !== "string") return "TARGET_THREW";
  return TEXTS.find(([text]) => text.test(message))?.[1] ?? "TARGET_THREW";
}

/** What happened and what to do, for a person. */
export function detailOf(code: DispatchCode, error: unknown): string {
  return isInternalError(error) ? `${INTERNAL_ERROR.diagnosis} ${INTERNAL_ERROR.fix}` : CODES[code].detail;
}

/** The codes that tell of an RPC call, too, that it may not have reached the method. */
const OF_CALLS: ReadonlySet<DispatchCode> = new Set([
  "TARGET_NOT_RUNNING",
  "ENTRYPOINT_MISSING",
  "TARGET_HUNG",
  "NETWORK_LOST",
]);

/** The code of a call whose failure is the runtime's and not its method's, or undefined. */
export function codeOfCall(error: unknown): DispatchCode | undefined {
  const code = codeOf(error);
  return OF_CALLS.has(code) || isInternalError(error) ? code : undefined;
}

import { CODES, type DispatchCode } from "./codes.js";
import { problemResponse, type ProblemError } from "./problem.js";
import { codeOf } from "./runtime-texts.js";

const LONGEST_MESSAGE = 1000;

export interface FailureContext {
  readonly binding: string;
  readonly object: string | undefined;
  readonly exposeErrors: boolean;
}

/** The answer when something went wrong from a binding's call on: the target may have run. */
export function failureResponse(error: unknown, context: FailureContext): Response {
  return dispatchThrew(codeOf(error), context, describe(error, context.exposeErrors));
}

export function timedOutResponse(context: FailureContext): Response {
  return dispatchThrew("TIMED_OUT", context);
}

/** The answer when a batch had no answer of its own. Its calls may have run, each of them. */
export function batchFailedResponse(code: keyof typeof BATCH_DETAILS, { binding, object }: FailureContext): Response {
  return problemResponse({ code, outcome: "dispatch-threw", detail: BATCH_DETAILS[code], binding, object });
}

const BATCH_DETAILS = {
  BODY_TOO_LARGE: "The answer of the batch is larger than 16 MiB. Its calls may have run.",
  TARGET_THREW: "The batch ended without an answer. Its calls may have run; see the proxy's log.",
} as const satisfies Partial<Record<DispatchCode, string>>;

function dispatchThrew(code: DispatchCode, { binding, object }: FailureContext, error?: ProblemError): Response {
  return problemResponse({ code, outcome: "dispatch-threw", detail: CODES[code].detail, binding, object, error });
}

export function describe(error: unknown, exposeErrors: boolean): ProblemError {
  const { name, message, remote } = (error ?? {}) as { name?: unknown; message?: unknown; remote?: unknown };
  return {
    name: typeof name === "string" ? name.slice(0, LONGEST_MESSAGE) : "Error",
    ...(exposeErrors && { message: String(message ?? error).slice(0, LONGEST_MESSAGE) }),
    remote: remote === true,
  };
}

import { CODES, type DispatchCode } from "./codes.js";
import { problemResponse, type ProblemError } from "./problem.js";
import { codeOf, detailOf } from "./runtime-texts.js";

/** Of what an error says, in characters. */
export const LONGEST_MESSAGE = 1000;

export interface FailureContext {
  readonly binding: string;
  readonly object: string | undefined;
  readonly exposeErrors: boolean;
}

/** The answer when something went wrong from a binding's call on: the target may have run. */
export function failureResponse(error: unknown, context: FailureContext): Response {
  const code = codeOf(error);
  const { binding, object } = context;
  return problemResponse({
    code,
    outcome: "dispatch-threw",
    detail: detailOf(code, error),
    binding,
    object,
    error: describe(error, context.exposeErrors),
  });
}

export function timedOutResponse(context: FailureContext): Response {
  const { binding, object } = context;
  return problemResponse({
    code: "TIMED_OUT",
    outcome: "dispatch-threw",
    detail: CODES.TIMED_OUT.detail,
    binding,
    object,
  });
}

/** The answer when a batch had no answer of its own. Its calls may have run, each of them. */
export function batchFailedResponse(code: keyof typeof BATCH_DETAILS, { binding, object }: FailureContext): Response {
  return problemResponse({ code, outcome: "dispatch-threw", detail: BATCH_DETAILS[code], binding, object });
}

const BATCH_DETAILS = {
  BODY_TOO_LARGE:
    "The answer of the batch, all its results and errors, or its uses of results as arguments are larger than 16 MiB. Its calls may have run.",
  TARGET_THREW: "The batch ended without an answer. Its calls may have run; see the proxy's log.",
} as const satisfies Partial<Record<DispatchCode, string>>;

export function describe(error: unknown, exposeErrors: boolean): ProblemError {
  const { name, message, remote } = (error ?? {}) as { name?: unknown; message?: unknown; remote?: unknown };
  return {
    name: typeof name === "string" ? name.slice(0, LONGEST_MESSAGE) : "Error",
    ...(exposeErrors && { message: String(message ?? error).slice(0, LONGEST_MESSAGE) }),
    remote: remote === true,
  };
}

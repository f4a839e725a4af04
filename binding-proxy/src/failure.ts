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

import type { FetchPlan } from "./admission.js";
import { targetAnswer } from "./answer.js";
import { Deadline } from "./deadline.js";
import { devError } from "./wrangler-dev.js";
import { failureResponse, timedOutResponse } from "./failure.js";

/** Calls the target. Whatever goes wrong in here may have reached it, so this file knows no refusal. */
export async function dispatch(plan: FetchPlan, context: ExecutionContext): Promise<Response> {
  const { target, forward, timeout, exposeErrors } = plan;
  const failure = { binding: target.binding.name, object: target.object, exposeErrors };
  const deadline = timeout && new Deadline(timeout);
  try {
    const signal = deadline?.signal;
    const call = (target.open() as Fetcher).fetch(forward, signal && { signal });
    let answer: Response | Error | "expired" = await (deadline ? deadline.limit(call) : call);
    if (answer !== "expired" && answer.status >= 500) {
      const judged = devError(answer, forward.headers);
      answer = await (deadline ? deadline.limit(judged) : judged);
    }
    if (answer === "expired") return timedOutResponse(failure);
    if (answer instanceof Error) throw answer;
    const passed = targetAnswer(answer, target.object);
    deadline?.atHeaders(answer, context);
    return passed;
  } catch (error) {
    deadline?.stop();
    return failureResponse(error, failure);
  }
}

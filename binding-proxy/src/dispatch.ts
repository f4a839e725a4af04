import type { FetchPlan } from "./admission.js";
import { targetAnswer } from "./answer.js";
import { Deadline } from "./deadline.js";
import { failureResponse, timedOutResponse } from "./failure.js";

/** Calls the target. Whatever goes wrong in here may have reached it, so this file knows no refusal. */
export async function dispatch({ target, forward, timeout, exposeErrors }: FetchPlan): Promise<Response> {
  const deadline = timeout && new Deadline(timeout);
  try {
    const init = deadline ? { ...forward.init, signal: deadline.signal } : forward.init;
    const answer = await (target.open() as Fetcher).fetch(forward.request, init);
    return targetAnswer(answer, target.object, deadline);
  } catch (error) {
    deadline?.stop();
    const context = { binding: target.binding.name, object: target.object, exposeErrors };
    return deadline?.expired ? timedOutResponse(context) : failureResponse(error, context);
  }
}

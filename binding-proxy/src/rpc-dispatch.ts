import type { RpcPlan } from "./admission-rpc.js";
import { Allowance } from "./allowance.js";
import { BatchAnswer } from "./batch-answer.js";
import { BatchRun } from "./batch-run.js";
import { facade, isFacade } from "./facade.js";
import { batchFailedResponse, timedOutResponse } from "./failure.js";
import { piecewise } from "./piecewise.js";
import { copyData } from "./plain-data.js";
import { ownAnswerHeaders } from "./problem.js";
import { ANSWER_HEADER } from "./protocol.js";
import { Results } from "./results.js";

/** In bytes: of the answer as it is sent, of results and errors as they roughly are in memory, of results as arguments. */
const LARGEST = 16 << 20;

/** Serves a batch that was checked. Whatever goes wrong in here may have reached the target: this file knows no refusal. */
export async function serveBatch({ target, rpc, batch, deadline }: RpcPlan): Promise<Response> {
  const context = { binding: target.binding.name, object: target.object, exposeErrors: false };
  const allowance = new Allowance(LARGEST);
  const results = new Results(allowance, rpc.errorProperties);
  const used = new Allowance(LARGEST);
  const size = new Allowance(LARGEST);
  const answer = new BatchAnswer(size);
  let run: BatchRun | undefined;
  let over = false;
  try {
    run = new BatchRun({
      main: facade(target.open() as object, rpc.methods, results),
      isObject: isFacade,
      // Each use is written to a target anew, so each counts.
      asArgument: (value) => copyData(value, (error) => error, used),
      callsAtOnce: () => results.callsAtOnce,
      errorOf: (error) => results.safe(error),
      answered: () => over || allowance.isSpent || used.isSpent || size.isSpent,
    });
    const ends = [
      run.answer(batch, answer),
      allowance.spent,
      used.spent,
      size.spent,
      ...(deadline ? [deadline.expiry] : []),
    ];
    const end = await Promise.race(ends);
    if (end === "expired") return timedOutResponse(context);
    if (end === "spent") return batchFailedResponse("BODY_TOO_LARGE", context);
    const body = answer.body();
    return new Response(typeof body === "string" ? body : piecewise(body), { headers: answerHeaders(target.object) });
  } catch (error) {
    console.error("binding-proxy: a batch could not be served to its end", error);
    return batchFailedResponse("TARGET_THREW", context);
  } finally {
    deadline?.stop();
    over = true;
    if (batch.returnsObjects) run?.letGo();
  }
}

/** Made once, and copied by each answer: the runtime is slow to make headers. */
const HEADERS: Headers = ownAnswerHeaders("target-answered", "text/plain;charset=UTF-8");

function answerHeaders(object: string | undefined): Headers {
  if (object === undefined) return HEADERS;
  const headers = new Headers(HEADERS);
  headers.set(ANSWER_HEADER.object, object);
  return headers;
}

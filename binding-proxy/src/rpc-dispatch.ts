import { RpcSession } from "capnweb";
import type { RpcPlan } from "./admission-rpc.js";
import { Allowance } from "./allowance.js";
import { BatchTransport } from "./batch-transport.js";
import { facade } from "./facade.js";
import { batchFailedResponse, timedOutResponse } from "./failure.js";
import { ownAnswerHeaders } from "./problem.js";
import { ANSWER_HEADER } from "./protocol.js";
import { safeError } from "./safe-error.js";

/** In bytes, of the answer as it is sent, and of all results as they roughly are in memory. */
const LARGEST = 16 << 20;

/** Serves a batch that was checked. Whatever goes wrong in here may have reached the target: this file knows no refusal. */
export async function serveBatch({ target, rpc, batch, deadline }: RpcPlan): Promise<Response> {
  const context = { binding: target.binding.name, object: target.object, exposeErrors: false };
  const results = {
    errorOf: (error: unknown) => safeError(error, rpc.errorProperties),
    allowance: new Allowance(LARGEST),
  };
  const answer = new Allowance(LARGEST);
  let session: RpcSession | undefined;
  let end: "served" | "expired" | "spent" | undefined;
  try {
    const transport = new BatchTransport(batch.lines, answer);
    const main = facade(target.open() as object, rpc.methods, results);
    const serving = new RpcSession(transport, main, { onSendError: results.errorOf });
    session = serving;
    const ends = [
      transport.read.then(() => serving.drain()).then(() => "served" as const),
      results.allowance.spent,
      answer.spent,
      ...(deadline ? [deadline.expiry] : []),
    ];
    end = await Promise.race(ends);
    if (end === "expired") return timedOutResponse(context);
    if (end === "spent") return batchFailedResponse("BODY_TOO_LARGE", context);
    return new Response(transport.answer(), { headers: answerHeaders(target.object) });
  } catch (error) {
    console.error("binding-proxy: a batch could not be served to its end", error);
    return batchFailedResponse("TARGET_THREW", context);
  } finally {
    deadline?.stop();
    // Of a batch that was served there is nothing else to let go, and the library's way of it is slow.
    if (end !== "served" || batch.returnsObjects) letGo(session);
  }
}

/** Of the objects that the target returned. An answer that is there is not lost to a problem with them. */
function letGo(session: RpcSession | undefined): void {
  try {
    session?.getRemoteMain()[Symbol.dispose]();
  } catch (error) {
    console.error("binding-proxy: a batch could not be let go", error);
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

import { admit } from "./admission.js";
import type { Env } from "./config.js";
import { diagnose } from "./diagnose.js";
import { dispatch } from "./dispatch.js";
import { Refusal } from "./refusal.js";
import { serveBatch } from "./rpc-dispatch.js";
import { serveSession } from "./rpc-session.js";

export default {
  /** The way of a request: admission (refused, or a plan), then one of four that act on the plan. */
  async fetch(request: Request, env: Env, context: ExecutionContext): Promise<Response> {
    const plan = await admit(request, env);
    if (plan instanceof Refusal) return plan.toResponse();
    switch (plan.op) {
      case "fetch":
        return dispatch(plan, context);
      case "rpc":
        return serveBatch(plan);
      case "session":
        return serveSession(plan);
      case "diagnose":
        return diagnose(plan);
    }
  },
} satisfies ExportedHandler<Env>;

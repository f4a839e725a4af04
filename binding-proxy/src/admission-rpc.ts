import { readBatch, type Batch } from "./batch.js";
import { readBatchBody } from "./batch-body.js";
import type { Config, Env } from "./config.js";
import type { RpcConfig } from "./config-methods.js";
import type { SessionLimits } from "./config-sessions.js";
import type { Controls } from "./control-headers.js";
import { Deadline } from "./deadline.js";
import { lookUp, type Target } from "./lookup.js";
import { Refusal } from "./refusal.js";
import { SessionReader } from "./session-reader.js";
import type { Timeout } from "./timeout.js";

export interface RpcPlan {
  readonly op: "rpc";
  readonly target: Target;
  readonly rpc: RpcConfig;
  readonly batch: Batch;
  /** Runs already: it covers the reading of the body too. */
  readonly deadline: Deadline | undefined;
}

export interface SessionPlan {
  readonly op: "session";
  readonly target: Target;
  readonly rpc: RpcConfig;
  readonly limits: SessionLimits;
  readonly totalMillis: number;
  readonly reader: SessionReader;
}

export async function planRpc(
  request: Request,
  env: Env,
  config: Config,
  { target: name, object, timeout }: Controls,
): Promise<RpcPlan | SessionPlan | Refusal> {
  if (name === undefined) return new Refusal("BAD_REQUEST", "Binding-Proxy-Target is missing: name a binding.");
  const target = lookUp(config.bindings, env, name, object);
  if (target instanceof Refusal) return target;
  const { rpc } = target.binding;
  if (rpc === undefined) return new Refusal("RPC_NOT_AVAILABLE", undefined, name);
  const upgrade = request.headers.get("upgrade");
  if (upgrade !== null) return planSession(request, upgrade, target, rpc, timeout);
  if (request.method !== "POST") return new Refusal("METHOD_NOT_ALLOWED", "rpc takes POST.", name);

  const deadline = timeout && new Deadline(timeout);
  const body = await readBatchBody(request, deadline);
  const batch = body instanceof Refusal ? body : readBatch(body, rpc.methods, name);
  if (batch instanceof Refusal) {
    deadline?.stop();
    return batch;
  }
  return { op: "rpc", target, rpc, batch, deadline };
}

function planSession(
  request: Request,
  upgrade: string,
  target: Target,
  rpc: RpcConfig,
  timeout: Timeout | undefined,
): SessionPlan | Refusal {
  const { name } = target.binding;
  if (upgrade.toLowerCase() !== "websocket") {
    return new Refusal("BAD_REQUEST", "rpc takes Upgrade: websocket for a session, or none for a batch.", name);
  }
  if (request.method !== "GET") return new Refusal("METHOD_NOT_ALLOWED", "A session of rpc is opened by GET.", name);
  const limits = rpc.sessions;
  if (limits === undefined) {
    return new Refusal("RPC_NOT_AVAILABLE", `BINDINGS.${name}.sessions is false: send HTTP batches.`, name);
  }
  const totalMillis = limits.totalSeconds * 1000;
  return {
    op: "session",
    target,
    rpc,
    limits,
    // What limits an answer to its end limits a session to its end.
    totalMillis: timeout === undefined || timeout.headersOnly ? totalMillis : Math.min(totalMillis, timeout.millis),
    reader: new SessionReader(rpc.methods, limits),
  };
}

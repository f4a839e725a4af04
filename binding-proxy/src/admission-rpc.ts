import { readBatch, type Batch } from "./batch.js";
import { readBatchBody } from "./batch-body.js";
import type { Config, Env } from "./config.js";
import type { RpcConfig } from "./config-methods.js";
import type { Controls } from "./control-headers.js";
import { Deadline } from "./deadline.js";
import { lookUp, type Target } from "./lookup.js";
import { Refusal } from "./refusal.js";

export interface RpcPlan {
  readonly op: "rpc";
  readonly target: Target;
  readonly rpc: RpcConfig;
  readonly batch: Batch;
  /** Runs already: it covers the reading of the body too. */
  readonly deadline: Deadline | undefined;
}

export async function planRpc(
  request: Request,
  env: Env,
  config: Config,
  { target: name, object, timeout }: Controls,
): Promise<RpcPlan | Refusal> {
  if (request.headers.has("upgrade")) {
    return new Refusal("BAD_REQUEST", "rpc serves HTTP batches: do not send Upgrade.", name);
  }
  if (name === undefined) return new Refusal("BAD_REQUEST", "Binding-Proxy-Target is missing: name a binding.");
  const target = lookUp(config.bindings, env, name, object);
  if (target instanceof Refusal) return target;
  const { rpc } = target.binding;
  if (rpc === undefined) return new Refusal("RPC_NOT_AVAILABLE", undefined, name);
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

import { planRpc, type RpcPlan, type SessionPlan } from "./admission-rpc.js";
import { authorise, permits, type Grant } from "./auth.js";
import { configOf, Misconfigured, type Config, type Env } from "./config.js";
import { readControls, type Controls } from "./control-headers.js";
import { forwardRequest } from "./forward-request.js";
import { hasFetch } from "./kinds.js";
import { examine, lookUp, type Subject, type Target } from "./lookup.js";
import { quote } from "./quote.js";
import { Refusal } from "./refusal.js";
import type { Timeout } from "./timeout.js";

interface Plan {
  readonly timeout: Timeout | undefined;
  readonly exposeErrors: boolean;
}
export interface FetchPlan extends Plan {
  readonly op: "fetch";
  readonly target: Target;
  readonly forward: Request;
}
export interface DiagnosePlan extends Plan {
  readonly op: "diagnose";
  readonly subjects: readonly Subject[];
  /** No target is called. */
  readonly bindingsOnly: boolean;
}

const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** Decides what a request may do. Holds no stub: what is refused in here has reached no binding. */
export async function admit(
  request: Request,
  env: Env,
): Promise<FetchPlan | RpcPlan | SessionPlan | DiagnosePlan | Refusal> {
  try {
    const controls = readControls(request.headers);
    if (controls instanceof Refusal) return controls;
    const config = configOf(env);
    const grant = authorise(controls.authorization, request.url, config);
    if (config instanceof Misconfigured) {
      return new Refusal("PROXY_MISCONFIGURED", grant instanceof Refusal ? config.publicDetail : config.detail);
    }
    if (grant instanceof Refusal) return grant;
    if (!permits(grant, controls.op, controls.target)) {
      return new Refusal("FORBIDDEN", "TOKEN_SCOPES does not allow this token that operation on that binding.");
    }
    switch (controls.op) {
      case "fetch":
        return planFetch(request, env, config, controls);
      case "diagnose":
        return planDiagnose(request, env, config, controls, grant);
      case "rpc":
        return await planRpc(request, env, config, controls);
    }
  } catch (error) {
    console.error("binding-proxy: a request could not be prepared", error);
    return new Refusal("BAD_REQUEST");
  }
}

function planFetch(request: Request, env: Env, config: Config, controls: Controls): FetchPlan | Refusal {
  const { target: name, object, timeout, names } = controls;
  if (!METHODS.has(request.method)) return new Refusal("METHOD_NOT_ALLOWED", undefined, name);
  if (name === undefined) return new Refusal("BAD_REQUEST", "Binding-Proxy-Target is missing: name a binding.");
  const target = lookUp(config.bindings, env, name, object);
  if (target instanceof Refusal) return target;
  if (!hasFetch(target.binding)) {
    return new Refusal(
      "BAD_REQUEST",
      `A binding of the kind ${target.binding.kind} has no fetch: call it by rpc.`,
      name,
    );
  }
  const forward = forwardRequest(request, names, target.binding.origin, config.passCookies);
  return { op: "fetch", target, forward, timeout, exposeErrors: config.exposeErrors };
}

function planDiagnose(
  request: Request,
  env: Env,
  config: Config,
  { target: name, object, timeout, bindingsOnly }: Controls,
  grant: Grant,
): DiagnosePlan | Refusal {
  if (request.method !== "GET") return new Refusal("METHOD_NOT_ALLOWED", "diagnose takes GET.", name);
  if (object !== undefined) return new Refusal("BAD_REQUEST", "diagnose takes no Binding-Proxy-Object.", name);
  if (name !== undefined && !config.bindings.has(name)) {
    return new Refusal("BINDING_NOT_ALLOWED", `${quote(name)} is not listed in BINDINGS.`, name.slice(0, 64));
  }
  const subjects = [...config.bindings.values()]
    .filter((binding) => (name === undefined || binding.name === name) && permits(grant, "diagnose", binding.name))
    .map((binding) => examine(env, binding));
  return { op: "diagnose", subjects, bindingsOnly, timeout, exposeErrors: config.exposeErrors };
}

export const VERSION = "1";

export const CONTROL_PREFIX = "binding-proxy-";

export const HEADER = {
  authorization: "binding-proxy-authorization",
  target: "binding-proxy-target",
  op: "binding-proxy-op",
  object: "binding-proxy-object",
  timeout: "binding-proxy-timeout-ms",
} as const;

export const ANSWER_HEADER = {
  version: "Binding-Proxy-Version",
  outcome: "Binding-Proxy-Outcome",
  error: "Binding-Proxy-Error",
  object: "Binding-Proxy-Object",
  session: "Binding-Proxy-Session",
} as const;

export const OPERATIONS = ["fetch", "rpc", "diagnose"] as const;
export type Operation = (typeof OPERATIONS)[number];

export function isOperation(text: unknown): text is Operation {
  return (OPERATIONS as readonly unknown[]).includes(text);
}

/** What Binding-Proxy-Op says: an operation, of which diagnose has a second form that calls no target. */
export interface WantedOperation {
  readonly op: Operation;
  readonly bindingsOnly: boolean;
}

export function parseOperation(text: string): WantedOperation | undefined {
  if (text === "diagnose;bindings") return { op: "diagnose", bindingsOnly: true };
  return isOperation(text) ? { op: text, bindingsOnly: false } : undefined;
}

/** The request headers that choose the answer, for caches. */
export const VARY = "Binding-Proxy-Authorization, Binding-Proxy-Target, Binding-Proxy-Op, Binding-Proxy-Object";

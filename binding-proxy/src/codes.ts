export type Outcome = "not-dispatched" | "dispatch-threw" | "target-answered" | "proxy-answered";

interface CodeRow {
  /** Never 502 or 504: an edge in front may replace the bodies of those. */
  readonly status: 401 | 403 | 404 | 413 | 500 | 503;
  readonly title: string;
  /** On which side of the binding's call the code can arise. */
  readonly outcome: "not-dispatched" | "dispatch-threw" | "either";
  /** What is said where the place that found the problem has nothing more exact to say. */
  readonly detail: string;
}

/** Every problem the proxy reports. Codes are part of the protocol: add rows, never rename one. */
export const CODES = {
  UNAUTHORIZED: {
    status: 401,
    title: "No valid token",
    outcome: "not-dispatched",
    detail: "Send Binding-Proxy-Authorization: Bearer <token> with one of the proxy's secrets.",
  },
  FORBIDDEN: {
    status: 403,
    title: "Not allowed",
    outcome: "not-dispatched",
    detail: "The proxy's configuration does not allow this.",
  },
  BAD_REQUEST: {
    status: 500,
    title: "Bad request to the binding proxy",
    outcome: "not-dispatched",
    detail: "The request could not be prepared for the target.",
  },
  METHOD_NOT_ALLOWED: {
    status: 500,
    title: "Method not allowed",
    outcome: "not-dispatched",
    detail: "The proxy forwards GET, HEAD, POST, PUT, PATCH, DELETE and OPTIONS.",
  },
  PROXY_MISCONFIGURED: {
    status: 500,
    title: "The binding proxy's configuration is wrong",
    outcome: "not-dispatched",
    detail:
      "See the proxy's log (npx wrangler tail) for what to correct. Send a valid token to get it in this response.",
  },
  RPC_NOT_AVAILABLE: {
    status: 500,
    title: "RPC is not available",
    outcome: "not-dispatched",
    detail: "Add the binding's methods to its entry in BINDINGS, or call it with fetch.",
  },
  BINDING_NOT_ALLOWED: {
    status: 404,
    title: "Binding not listed",
    outcome: "not-dispatched",
    detail: "List the binding in the BINDINGS variable of the proxy.",
  },
  BINDING_MISSING: {
    status: 404,
    title: "Binding missing",
    outcome: "not-dispatched",
    detail: "BINDINGS lists it, but the deployed proxy has no such binding. Add it to wrangler.jsonc and deploy.",
  },
  BINDING_WRONG_KIND: {
    status: 500,
    title: "Binding of the wrong kind",
    outcome: "not-dispatched",
    detail: "The binding is of another kind than its entry in BINDINGS says.",
  },
  OBJECT_ID_INVALID: {
    status: 500,
    title: "Durable Object id not valid",
    outcome: "not-dispatched",
    detail: "Send id:<64 hex digits> with an ID of this namespace.",
  },
  BODY_TOO_LARGE: {
    status: 413,
    title: "Body too large",
    outcome: "either",
    detail: "The body is larger than the proxy accepts for this operation.",
  },
  RESULT_NOT_DATA: {
    status: 500,
    title: "The result is not data",
    outcome: "dispatch-threw",
    detail: "The method ran, but its result contains something that is not plain data.",
  },
  NO_FETCH_HANDLER: {
    status: 500,
    title: "The target has no fetch handler",
    outcome: "dispatch-threw",
    detail:
      "The default export of the target Worker has no fetch method. Add one, or bind to an entrypoint that has one.",
  },
  ENTRYPOINT_MISSING: {
    status: 500,
    title: "The target lacks the entrypoint",
    outcome: "dispatch-threw",
    detail:
      'The target does not export the class that the binding names. Export it, or correct "entrypoint" or "class_name" in the proxy\'s wrangler.jsonc; for the default export, remove "entrypoint".',
  },
  TARGET_NOT_RUNNING: {
    status: 503,
    title: "The target is not running",
    outcome: "dispatch-threw",
    detail:
      "No wrangler dev on this machine runs the target. Run npx wrangler dev in its folder, or start both in one session: npx wrangler dev -c wrangler.jsonc -c ../target/wrangler.jsonc.",
  },
  TARGET_RETURNED_NO_RESPONSE: {
    status: 500,
    title: "The target returned no Response",
    outcome: "dispatch-threw",
    detail:
      "The target's fetch handler ran and returned something that is not a valid Response. Return a Response on every code path.",
  },
  TARGET_THREW: {
    status: 500,
    title: "The target threw",
    outcome: "dispatch-threw",
    detail: "The call of the target threw an exception. See the target's log. The request may have taken effect.",
  },
  TARGET_HUNG: {
    status: 500,
    title: "The target hung",
    outcome: "dispatch-threw",
    detail: "The runtime canceled the target, because it was waiting for something that could never happen.",
  },
  TIMED_OUT: {
    status: 503,
    title: "Timed out",
    outcome: "either",
    detail: "The target did not respond within Binding-Proxy-Timeout-Ms. It may have run.",
  },
  OBJECT_RESET: {
    status: 503,
    title: "The Durable Object was reset",
    outcome: "dispatch-threw",
    detail: "The object was reset before or while it handled the request. The next request starts a new instance.",
  },
  OBJECT_OVERLOADED: {
    status: 503,
    title: "The Durable Object is overloaded",
    outcome: "dispatch-threw",
    detail: "Too many requests are queued at this object. Send fewer, or spread them over more objects.",
  },
  NETWORK_LOST: {
    status: 503,
    title: "Connection to the target lost",
    outcome: "dispatch-threw",
    detail:
      "The connection between the proxy and the target broke. The target may have run. Under wrangler dev, check that the target still runs, and that both run the same version of wrangler.",
  },
} as const satisfies Record<string, CodeRow>;

export type Code = keyof typeof CODES;

type CodesExcept<Side extends Outcome> = {
  [C in Code]: (typeof CODES)[C]["outcome"] extends Side ? never : C;
}[Code];

/** Codes that a request refused before any dispatch can carry. */
export type RefusalCode = CodesExcept<"dispatch-threw">;

/** Codes that a failed dispatch can carry. */
export type DispatchCode = CodesExcept<"not-dispatched">;

import { CODES, type Code, type Outcome } from "./codes.js";
import { ANSWER_HEADER, VARY, VERSION } from "./protocol.js";

export interface ProblemError {
  readonly name: string;
  readonly message?: string;
  readonly remote: boolean;
}

interface Problem {
  readonly code: Code;
  readonly outcome: Outcome;
  readonly detail: string;
  readonly binding?: string | undefined;
  readonly object?: string | undefined;
  readonly error?: ProblemError | undefined;
}

/** The RFC 9457 answer of a problem. Callers go through refusal.ts or failure.ts, which fix the outcome. */
export function problemResponse({ code, outcome, detail, binding, object, error }: Problem): Response {
  const { status, title } = CODES[code];
  const body = { type: `urn:binding-proxy:${code}`, title, status, detail, code, outcome, binding, error };
  const headers = ownAnswerHeaders(outcome, "application/problem+json");
  headers.set(ANSWER_HEADER.error, code);
  if (object !== undefined) headers.set(ANSWER_HEADER.object, object);
  if (status === 401) headers.set("WWW-Authenticate", 'Bearer realm="binding-proxy"');
  return new Response(JSON.stringify(body), { status, headers });
}

/** Headers of an answer that the proxy itself wrote. */
export function ownAnswerHeaders(outcome: Outcome, contentType?: string): Headers {
  const headers = new Headers([
    ["Cache-Control", "private, no-store"],
    ["Vary", VARY],
    [ANSWER_HEADER.version, VERSION],
    [ANSWER_HEADER.outcome, outcome],
  ]);
  if (contentType !== undefined) headers.set("Content-Type", contentType);
  return headers;
}

import assert from "node:assert/strict";
import type { Answer, Sent } from "./http.js";
import { send } from "./http.js";
import type { Workerd } from "./workerd.js";

export const TOKEN = "fleet-token-0123456789-0123456789-abcdef";
export const SCOPED_TOKEN = "fleet-token-next-0123456789-0123456789-abc";

export interface Call extends Sent {
  readonly target?: string;
  readonly path?: string;
  readonly token?: string | null;
  readonly object?: string;
  readonly timeout?: string;
  readonly op?: string;
  readonly socket?: string;
}

export function controlHeaders({ target, token = TOKEN, object, timeout, op }: Call): Record<string, string> {
  return {
    ...(token !== null && { "Binding-Proxy-Authorization": `Bearer ${token}` }),
    ...(target !== undefined && { "Binding-Proxy-Target": target }),
    ...(object !== undefined && { "Binding-Proxy-Object": object }),
    ...(timeout !== undefined && { "Binding-Proxy-Timeout-Ms": timeout }),
    ...(op !== undefined && { "Binding-Proxy-Op": op }),
  };
}

/** A call through the proxy. Whatever comes back has no secret in it and carries what every answer must carry. */
export async function call(workerd: Workerd, wanted: Call): Promise<Answer> {
  const headers = { ...controlHeaders(wanted), ...wanted.headers };
  const { path = "/", socket = "proxy", method, body } = wanted;
  const answer = await send(workerd.port(socket), path, {
    headers,
    ...(method !== undefined && { method }),
    ...(body !== undefined && { body }),
  });
  const everything = JSON.stringify(answer.headers) + answer.text;
  for (const secret of [TOKEN, SCOPED_TOKEN, wanted.token]) {
    if (secret) assert.ok(!everything.includes(secret), "a secret came back");
  }
  assert.equal(answer.headers["binding-proxy-version"], "1");
  assert.match(answer.headers["cache-control"] ?? "", /^private/);
  for (const name of ["Authorization", "Target", "Op", "Object"]) {
    assert.ok(answer.headers["vary"]?.includes(`Binding-Proxy-${name}`), `Vary lacks ${name}`);
  }
  return answer;
}

/** How often a target ran, told by the target itself. */
export async function runs(workerd: Workerd, target: string): Promise<number> {
  const { text } = await send(workerd.port(`direct-${target}`), "/runs");
  return (JSON.parse(text) as { runs: number }).runs;
}

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly outcome: string;
  readonly binding?: string;
  readonly error?: { readonly name: string; readonly message?: string; readonly remote: boolean };
}

/** Checks that an answer is the proxy's own problem, whole and consistent. */
export function problem(answer: Answer, code: string, status: number, outcome: string): Problem {
  assert.equal(answer.headers["binding-proxy-error"], code, answer.text);
  assert.equal(answer.headers["binding-proxy-outcome"], outcome);
  assert.equal(answer.status, status);
  assert.equal(answer.headers["content-type"], "application/problem+json");
  assert.equal(answer.headers["cache-control"], "private, no-store");
  const body = JSON.parse(answer.text) as Problem;
  assert.equal(body.type, `urn:binding-proxy:${code}`);
  assert.equal(body.code, code);
  assert.equal(body.outcome, outcome);
  assert.equal(body.status, status);
  assert.ok(body.title.length > 0 && body.detail.length > 0);
  return body;
}

export function targetAnswered(answer: Answer): Answer {
  assert.equal(answer.headers["binding-proxy-outcome"], "target-answered", answer.text.slice(0, 500));
  assert.equal(answer.headers["binding-proxy-error"], undefined);
  return answer;
}

/** What BEHAVES says it got. */
export interface Echo {
  readonly method: string;
  readonly url: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly length: number;
  readonly text: string;
}

export async function echo(workerd: Workerd, wanted: Call): Promise<Echo> {
  const answer = targetAnswered(await call(workerd, { target: "BEHAVES", path: "/echo", ...wanted }));
  assert.equal(answer.status, 200);
  return JSON.parse(answer.text) as Echo;
}

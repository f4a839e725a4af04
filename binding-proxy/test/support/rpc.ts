import assert from "node:assert/strict";
import { newHttpBatchRpcSession, type RpcTarget } from "capnweb";
import type { Answer } from "./http.js";
import { call, controlHeaders, targetAnswered, type Call } from "./proxy.js";
import type { Workerd } from "./workerd.js";

/** Lines of a batch that calls one method of the main object, with arguments as they are on the wire. */
export const callOf = (method: string, ...args: readonly unknown[]): string =>
  lines(["push", ["pipeline", 0, [method], args]], ["pull", 1]);

export const lines = (...messages: readonly unknown[]): string => messages.map((m) => JSON.stringify(m)).join("\n");

/** A batch as it is, through the proxy. */
export function batch(workerd: Workerd, body: string, wanted: Call = {}): Promise<Answer> {
  return call(workerd, { target: "ACCOUNTS", op: "rpc", method: "POST", body, ...wanted });
}

/** The messages of the answer to a batch that was served. */
export async function served(workerd: Workerd, body: string, wanted: Call = {}): Promise<readonly unknown[]> {
  const answer = targetAnswered(await batch(workerd, body, wanted));
  assert.equal(answer.status, 200);
  assert.equal(answer.headers["content-type"], "text/plain;charset=UTF-8");
  assert.equal(answer.headers["cache-control"], "private, no-store");
  return answer.text === "" ? [] : answer.text.split("\n").map((line) => JSON.parse(line) as unknown);
}

/** The one message that answers a call of one method. */
export async function answerOf(workerd: Workerd, method: string, ...args: readonly unknown[]): Promise<unknown> {
  const messages = await served(workerd, callOf(method, ...args));
  assert.equal(messages.length, 1);
  return messages[0];
}

/** The main object by the official client: one batch. */
export function session<Api extends RpcTarget>(workerd: Workerd, wanted: Call = {}) {
  const headers = controlHeaders({ target: "ACCOUNTS", op: "rpc", ...wanted });
  return newHttpBatchRpcSession<Api>(new Request(`http://127.0.0.1:${workerd.port("proxy")}/`, { headers }));
}

import assert from "node:assert/strict";
import { RpcSession, type RpcTarget, type RpcTransport } from "capnweb";
import { RpcSession as OldestRpcSession } from "capnweb-oldest";
import { controlHeaders, type Call } from "./proxy.js";
import { RawWebSocket, type Close } from "./websocket.js";
import type { Workerd } from "./workerd.js";

/** One session through the proxy, message by message. */
export class WireSession {
  private constructor(readonly webSocket: RawWebSocket) {}

  static async open(workerd: Workerd, wanted: Call = {}): Promise<WireSession> {
    const headers = controlHeaders({ target: "ACCOUNTS", op: "rpc", ...wanted });
    const webSocket = await RawWebSocket.open(workerd.port(wanted.socket ?? "proxy"), headers);
    const { statusCode, headers: answer } = webSocket.answer;
    assert.equal(statusCode, 101);
    assert.equal(answer["binding-proxy-outcome"], "target-answered");
    assert.equal(answer["binding-proxy-version"], "1");
    assert.match(answer["cache-control"] ?? "", /no-store/);
    return new WireSession(webSocket);
  }

  send(...messages: readonly unknown[]): this {
    for (const message of messages) this.webSocket.send(JSON.stringify(message));
    return this;
  }

  async next(): Promise<unknown> {
    return JSON.parse(await this.webSocket.nextText());
  }

  /** The answers to a number of pulls, in the order of their ids. */
  async answers(count: number): Promise<readonly (readonly [kind: string, id: number, value: unknown])[]> {
    const answers: [string, number, unknown][] = [];
    while (answers.length < count) answers.push((await this.next()) as [string, number, unknown]);
    return answers.sort(([, a], [, b]) => a - b);
  }

  /** That the proxy ended the session, what its last message said of that, and how it closed the WebSocket. */
  async aborted(code: string): Promise<{ readonly close: Close; readonly says: string; readonly lastCall: number }> {
    const [kind, error] = (await this.next()) as [string, [string, string, string, null, Record<string, unknown>]];
    assert.equal(kind, "abort", JSON.stringify(error));
    const [, name, says, , properties] = error;
    assert.equal(name, "BindingProxyError");
    assert.equal(properties["bindingProxyCode"], code);
    const close = await this.webSocket.next();
    assert.ok(typeof close === "object");
    assert.ok(
      close.reason.startsWith(`${code}: `) && says.startsWith(close.reason.slice(code.length + 2)),
      close.reason,
    );
    return { close, says, lastCall: properties["bindingProxyLastCall"] as number };
  }

  end(): void {
    this.webSocket.socket.destroy();
  }
}

export const call = (method: string, ...args: readonly unknown[]) => callOn(0, method, ...args);

export const callOn = (id: number, method: string, ...args: readonly unknown[]) => [
  "push",
  ["pipeline", id, [method], args],
];

/** A call that was refused by itself, as it is told. */
export function refused(answer: readonly unknown[] | undefined, code: string): string {
  const [kind, , error] = answer as [string, number, [string, string, string, null, Record<string, unknown>]];
  assert.equal(kind, "reject", JSON.stringify(answer));
  assert.deepEqual(error[4], { bindingProxyCode: code, bindingProxyOutcome: "not-dispatched" });
  return error[2];
}

/** The official library's client, as it is and as it was. */
export const clients = { "capnweb 0.12": RpcSession, "capnweb 0.5": OldestRpcSession as unknown as typeof RpcSession };

/** The main object by the official client, and what ends its session. */
export async function sessionOf<Api extends RpcTarget>(workerd: Workerd, Session = RpcSession) {
  const { webSocket } = await WireSession.open(workerd);
  const transport: RpcTransport = {
    // A promise, which 0.5 asks for.
    send: async (message) => webSocket.send(message),
    async receive() {
      const next = await webSocket.next();
      if (typeof next === "string") return next;
      throw new Error(`closed: ${next.code} ${next.reason}`);
    },
    abort: () => webSocket.socket.destroy(),
  };
  const session = new Session<Api>(transport) as RpcSession<Api>;
  return { main: session.getRemoteMain(), session, end: () => webSocket.socket.destroy() };
}

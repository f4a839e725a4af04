import assert from "node:assert/strict";
import http from "node:http";
import type { Socket } from "node:net";
import { it } from "node:test";
import { call, controlHeaders, problem, targetAnswered } from "./support/proxy.js";
import { onEachRuntime, type Workerd } from "./support/workerd.js";

const UPGRADE = {
  Connection: "Upgrade",
  Upgrade: "websocket",
  "Sec-WebSocket-Version": "13",
  "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
};

function upgrade(workerd: Workerd, timeout?: string): Promise<[http.IncomingMessage, Socket]> {
  return new Promise((resolve, reject) => {
    const headers = { ...controlHeaders({ target: "BEHAVES", ...(timeout && { timeout }) }), ...UPGRADE };
    const request = http.request({ host: "127.0.0.1", port: workerd.port("proxy"), path: "/ws", headers });
    request.on("upgrade", (answer, socket) => resolve([answer, socket as Socket]));
    request.on("response", (answer) => reject(new Error(`no upgrade: ${answer.statusCode}`)));
    request.on("error", reject);
    request.end();
  });
}

/** One masked text frame of at most 125 bytes; the mask is zero. */
const frame = (text: string) => Buffer.concat([Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]), Buffer.from(text)]);

const nextText = (socket: Socket) =>
  new Promise<string>((resolve) => socket.once("data", (data: Buffer) => resolve(data.subarray(2).toString())));

onEachRuntime("WebSockets", "fleet.capnp", (workerd) => {
  for (const timeout of [undefined, "150", "150;headers"]) {
    it(`an upgrade passes through and messages go both ways, with the timeout ${timeout}`, async () => {
      const [answer, socket] = await upgrade(workerd(), timeout);
      assert.equal(answer.statusCode, 101);
      assert.equal(answer.headers["binding-proxy-outcome"], "target-answered");
      assert.equal(answer.headers["sec-websocket-accept"], "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
      for (const text of ["one", "two"]) {
        socket.write(frame(text));
        assert.equal(await nextText(socket), `echo: ${text}`);
      }
      socket.destroy();
    });
  }

  it("a target's refusal of an upgrade is its answer", async () => {
    const answer = targetAnswered(await call(workerd(), { target: "BEHAVES", path: "/ws" }));
    assert.equal(answer.status, 426);
  });

  it("an upgrade to a binding that is not there is refused as any other request", async () => {
    const answer = await call(workerd(), { target: "MISSING", headers: UPGRADE });
    problem(answer, "BINDING_MISSING", 404, "not-dispatched");
  });
});

import assert from "node:assert/strict";
import http from "node:http";
import net from "node:net";
import { it } from "node:test";
import { send, sendRaw } from "./support/http.js";
import { call, controlHeaders, TOKEN } from "./support/proxy.js";
import { onEachRuntime, type Workerd } from "./support/workerd.js";

const MEBIBYTE = Buffer.alloc(1 << 20, "u");

interface Upload {
  readonly state: "none" | "reading" | "complete" | "broken";
  readonly bytes: number;
}

async function upload(workerd: Workerd, name: string): Promise<Upload> {
  return JSON.parse((await send(workerd.port("direct-behaves"), `/uploads?name=${name}`)).text) as Upload;
}

const head = (name: string, framing: string) => [
  `POST /upload?name=${name} HTTP/1.1`,
  "Host: proxy.example",
  `Binding-Proxy-Authorization: Bearer ${TOKEN}`,
  "Binding-Proxy-Target: BEHAVES",
  framing,
  "",
];

onEachRuntime("Uploads", "fleet.capnp", (workerd) => {
  for (const chunked of [false, true]) {
    it(`200 MiB go up whole, ${chunked ? "chunked" : "with a Content-Length"}`, async () => {
      const headers = {
        ...controlHeaders({ target: "BEHAVES" }),
        ...(!chunked && { "Content-Length": String(200 << 20) }),
      };
      const answer = await new Promise<http.IncomingMessage>((resolve, reject) => {
        const to = { host: "127.0.0.1", port: workerd().port("proxy"), path: "/upload", method: "POST", headers };
        // On a connection of its own: workerd may be about to close one that was idle during a slow upload.
        const request = http.request({ ...to, agent: false }, resolve).on("error", reject);
        let left = 200;
        const pump = () => {
          while (left-- > 0) if (!request.write(MEBIBYTE)) return void request.once("drain", pump);
          request.end();
        };
        pump();
      });
      assert.equal(answer.headers["binding-proxy-outcome"], "target-answered");
      let text = "";
      for await (const piece of answer) text += String(piece);
      assert.equal(text, JSON.stringify({ bytes: 200 << 20 }));
    });
  }

  for (const [name, title, framing, body] of [
    ["short", "shorter than its Content-Length", "Content-Length: 1000", "a".repeat(100)],
    ["open", "chunked and without its last chunk", "Transfer-Encoding: chunked", `64\r\n${"a".repeat(100)}\r\n`],
    ["bad", "chunked and with a bad chunk", "Transfer-Encoding: chunked", `64\r\n${"a".repeat(100)}\r\nzzz\r\n`],
  ] as const) {
    it(`an upload ${title} arrives broken, never as a shorter whole`, async () => {
      const answer = await sendRaw(workerd().port("proxy"), ...head(name, framing), body);
      assert.match(answer, /Binding-Proxy-Outcome: dispatch-threw/);
      assert.deepEqual(await upload(workerd(), name), { state: "broken", bytes: 100 });
    });

    it(`an upload ${title}, whose caller goes away, never arrives as a shorter whole`, async () => {
      const gone = `${name}-gone`;
      const socket = net.connect({ host: "127.0.0.1", port: workerd().port("proxy") });
      socket.on("error", () => {});
      socket.write([...head(gone, framing), body].join("\r\n"));
      await until(async () => (await upload(workerd(), gone)).bytes === 100);
      socket.resetAndDestroy();
      await call(workerd(), { target: "BEHAVES" });
      assert.notEqual((await upload(workerd(), gone)).state, "complete");
    });
  }
});

async function until(condition: () => Promise<boolean>): Promise<void> {
  const giveUp = Date.now() + 5_000;
  while (!(await condition())) assert.ok(Date.now() < giveUp, "waited too long");
}

import assert from "node:assert/strict";
import { it } from "node:test";
import { sendRaw } from "./support/http.js";
import { controlHeaders, runs } from "./support/proxy.js";
import { batch, callOf, served } from "./support/rpc.js";
import { onEachRuntime } from "./support/workerd.js";

onEachRuntime("The body of a batch", "rpc.capnp", (workerd) => {
  // Three bytes each, so that pieces of most lengths end inside of one.
  const LONG = "\u20ac".repeat(300_000);

  const ways = [
    ["announced", {}],
    ["in chunks", { headers: { "Transfer-Encoding": "chunked" } }],
    ["under a limit of time", { timeout: "30000" }],
  ] as const;
  for (const [way, wanted] of ways) {
    it(`is read whole, however long: ${way}`, async () => {
      assert.deepEqual(await served(workerd(), callOf("echo", LONG), wanted), [["resolve", 1, [[LONG]]]]);
    });
    it(`may be empty: ${way}`, async () => {
      assert.equal((await batch(workerd(), "", wanted)).headers["binding-proxy-error"], "BAD_REQUEST");
    });
  }

  const CALL = callOf("hello", "you");
  const CHUNK = `${CALL.length.toString(16)}\r\n${CALL}\r\n`;
  const broken = [
    ["shorter than its Content-Length", `Content-Length: ${CALL.length + 20}`, CALL],
    ["chunked and without its last chunk", "Transfer-Encoding: chunked", CHUNK],
    ["chunked and with a bad chunk", "Transfer-Encoding: chunked", `${CHUNK}zzz\r\n`],
  ] as const;
  for (const [title, framing, body] of broken) {
    it(`is refused where it is ${title}, though its lines are whole`, async () => {
      const before = await runs(workerd(), "accounts");
      const controls = Object.entries(controlHeaders({ target: "ACCOUNTS", op: "rpc" }));
      const head = ["POST / HTTP/1.1", "Host: proxy.example", ...controls.map((header) => header.join(": ")), framing];
      const answer = await sendRaw(workerd().port("proxy"), ...head, "", body);
      assert.match(answer, /Binding-Proxy-Outcome: not-dispatched/);
      assert.equal(await runs(workerd(), "accounts"), before);
    });
  }

  it("is limited where it is chunked and a Content-Length beside it says less", async () => {
    const before = await runs(workerd(), "accounts");
    const controls = Object.entries(controlHeaders({ target: "ACCOUNTS", op: "rpc" }));
    const framing = ["Content-Length: 5", "Transfer-Encoding: chunked"];
    const head = ["POST / HTTP/1.1", "Host: proxy.example", ...controls.map((header) => header.join(": ")), ...framing];
    const large = callOf("echo", "x".repeat(1 << 20));
    const chunks = `${large.length.toString(16)}\r\n${large}\r\n0\r\n\r\n`;
    const answer = await sendRaw(workerd().port("proxy"), ...head, "", chunks);
    assert.match(answer, /Binding-Proxy-Outcome: not-dispatched/);
    assert.match(answer, /Binding-Proxy-Error: BODY_TOO_LARGE/);
    assert.equal(await runs(workerd(), "accounts"), before);
  });
});

onEachRuntime("Objects of one batch", "rpc.capnp", (workerd) => {
  it("answer each for itself", async () => {
    const body = [
      ["push", ["pipeline", 0, ["account"], [7]]],
      ["push", ["pipeline", 0, ["account"], [8]]],
      ["push", ["pipeline", 1, ["balance"], []]],
      ["push", ["pipeline", 2, ["balance"], []]],
      ["pull", 3],
      ["pull", 4],
    ];
    const answers = await served(workerd(), body.map((message) => JSON.stringify(message)).join("\n"));
    const idOf = (id: number) => answers.find((message) => (message as unknown[])[1] === id);
    assert.deepEqual(idOf(3), ["resolve", 3, { id: 7, cents: ["bigint", "4200"] }]);
    assert.deepEqual(idOf(4), ["resolve", 4, { id: 8, cents: ["bigint", "4200"] }]);
  });
});

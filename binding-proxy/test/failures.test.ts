import assert from "node:assert/strict";
import { it } from "node:test";
import { send } from "./support/http.js";
import { call, problem, runs, targetAnswered, type Call } from "./support/proxy.js";
import { onEachRuntime } from "./support/workerd.js";

interface Row {
  readonly title: string;
  readonly call: Call & { readonly target: string };
  readonly code: string;
  readonly status: number;
  readonly message?: string;
  /** The target whose executions are counted. */
  readonly ran: readonly [target: string, times: number];
}

const rows: readonly Row[] = [
  {
    title: "a fetch handler that returns nothing",
    call: { target: "NO_RESPONSE_SYNC" },
    code: "TARGET_RETURNED_NO_RESPONSE",
    status: 500,
    message: "Callback returned incorrect type; expected 'Promise'",
    ran: ["no-response-sync", 1],
  },
  {
    title: "a fetch handler that returns an object",
    call: { target: "NO_RESPONSE_SYNC", path: "/object" },
    code: "TARGET_RETURNED_NO_RESPONSE",
    status: 500,
    ran: ["no-response-sync", 1],
  },
  {
    title: "a fetch handler that returns Response.error()",
    call: { target: "NO_RESPONSE_SYNC", path: "/error-response" },
    code: "TARGET_RETURNED_NO_RESPONSE",
    status: 500,
    ran: ["no-response-sync", 1],
  },
  {
    title: "an async fetch handler that returns nothing",
    call: { target: "NO_RESPONSE_ASYNC" },
    code: "TARGET_RETURNED_NO_RESPONSE",
    status: 500,
    message: "Incorrect type for Promise: the Promise did not resolve to 'Response'.",
    ran: ["no-response-async", 1],
  },
  {
    title: "a fetch handler that throws",
    call: { target: "THROWS" },
    code: "TARGET_THREW",
    status: 500,
    message: "boom",
    ran: ["throws", 1],
  },
  {
    title: "a fetch handler that throws a text",
    call: { target: "THROWS", path: "/string" },
    code: "TARGET_THREW",
    status: 500,
    message: "a text, not an Error",
    ran: ["throws", 1],
  },
  {
    title: "a fetch handler that throws null",
    call: { target: "THROWS", path: "/null" },
    code: "TARGET_THREW",
    status: 500,
    message: "null",
    ran: ["throws", 1],
  },
  {
    title: "an error that pretends that nothing ran",
    call: { target: "THROWS", path: "/forged" },
    code: "TARGET_THREW",
    status: 500,
    message: "Worker not found.",
    ran: ["throws", 1],
  },
  {
    title: "an error with the flag overloaded",
    call: { target: "THROWS", path: "/overloaded" },
    code: "OBJECT_OVERLOADED",
    status: 503,
    ran: ["throws", 1],
  },
  {
    title: "an error with the words of a lost connection",
    call: { target: "THROWS", path: "/network-lost" },
    code: "NETWORK_LOST",
    status: 503,
    ran: ["throws", 1],
  },
  {
    title: "a target that can never answer",
    call: { target: "HANGS", path: "/never" },
    code: "TARGET_HUNG",
    status: 500,
    ran: ["hangs", 1],
  },
  {
    title: "a default export without fetch",
    call: { target: "NO_FETCH" },
    code: "NO_FETCH_HANDLER",
    status: 500,
    message: "Handler does not export a fetch() function.",
    ran: ["no-fetch", 0],
  },
  {
    title: "an entrypoint that does not extend WorkerEntrypoint",
    call: { target: "NOT_AN_ENTRYPOINT" },
    code: "TARGET_THREW",
    status: 500,
    ran: ["not-an-entrypoint", 0],
  },
  {
    title: "a Durable Object that throws",
    call: { target: "ROOMS", path: "/throw", object: "name:thrower" },
    code: "TARGET_THREW",
    status: 500,
    message: "room boom",
    ran: ["rooms", 1],
  },
  {
    title: "a Durable Object that is reset",
    call: { target: "ROOMS", path: "/abort", object: "name:aborter" },
    code: "OBJECT_RESET",
    status: 503,
    message: "room aborted",
    ran: ["rooms", 1],
  },
];

onEachRuntime("What goes wrong from the binding's call on", "fleet.capnp", (workerd) => {
  for (const { title, call: wanted, code, status, message, ran } of rows) {
    it(`${title}: ${code}, dispatch-threw, and a POST ran once`, async () => {
      const before = await runs(workerd(), ran[0]);
      const answer = await call(workerd(), { method: "POST", body: "order", ...wanted });
      const { error, binding } = problem(answer, code, status, "dispatch-threw");
      assert.equal(binding, wanted.target);
      if (message !== undefined) assert.equal(error?.message, message);
      assert.equal(await runs(workerd(), ran[0]), before + ran[1]);
    });
  }

  it("the error keeps its name and says that it came from the target", async () => {
    const answer = await call(workerd(), { target: "THROWS" });
    const { error } = problem(answer, "TARGET_THREW", 500, "dispatch-threw");
    assert.deepEqual(error, { name: "TypeError", message: "boom", remote: true });
  });

  it("an entrypoint that is none is named in the detail", async () => {
    const answer = await call(workerd(), { target: "NOT_AN_ENTRYPOINT" });
    const { detail } = problem(answer, "TARGET_THREW", 500, "dispatch-threw");
    assert.match(detail, /entrypoint is not a WorkerEntrypoint.*extends WorkerEntrypoint/);
  });

  it("a long message is cut to 1,000 characters", async () => {
    const answer = await call(workerd(), { target: "THROWS", path: "/long" });
    assert.equal(problem(answer, "TARGET_THREW", 500, "dispatch-threw").error?.message?.length, 1000);
  });

  it("a target without a default export sends the request OUT, to an origin that exists nowhere", async () => {
    await call(workerd(), { target: "NO_DEFAULT", method: "POST", path: "/orders", body: "x" });
    const { text } = await send(workerd().port("direct-outside"), "/seen");
    const seen = (JSON.parse(text) as { url: string; headers: Record<string, string> }[]).at(-1);
    assert.equal(seen?.url, "https://no-default.invalid/orders");
    assert.deepEqual(
      Object.keys(seen.headers).filter((name) => name.startsWith("binding-proxy")),
      [],
    );
  });

  it("Durable Object exports beside a default export do not break fetch", async () => {
    const answer = targetAnswered(await call(workerd(), { target: "OBJECTS", method: "POST", body: "x" }));
    assert.equal(answer.text, '{"answeredBy":"objects","method":"POST"}');
  });
});

onEachRuntime("Without EXPOSE_ERRORS", "variants.capnp", (workerd) => {
  it("an error has its name alone", async () => {
    const answer = await call(workerd(), { target: "THROWS", socket: "proxy-quiet" });
    assert.deepEqual(problem(answer, "TARGET_THREW", 500, "dispatch-threw").error, { name: "TypeError", remote: true });
    assert.ok(!answer.text.includes("boom"));
  });
});

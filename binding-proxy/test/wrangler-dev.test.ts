import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { devError } from "../src/wrangler-dev.js";

const NOT_RUNNING = 'Worker "target" not found. Make sure it is running locally.';
const LOCAL = new Headers();
const busy = (body: string | ReadableStream, init: ResponseInit = {}) => new Response(body, { status: 503, ...init });

/** The classes of Node stand in for those of the Workers runtime here; the real ones are tested by wrangler dev itself. */
const check = devError as unknown as (answer: Response, request: Headers) => Promise<Error | Response>;

describe("What wrangler dev answers in the place of a target", () => {
  it("a target that runs nowhere", async () => {
    const error = await check(busy(NOT_RUNNING), LOCAL);
    assert.ok(error instanceof Error && error.message === NOT_RUNNING);
  });

  it("an exception of a default export", async () => {
    const headers = { "Content-Type": "application/json", "MF-Experimental-Error-Stack": "true" };
    const body = JSON.stringify({ name: "TypeError", message: "boom", stack: "TypeError: boom\n    at …" });
    const error = await check(new Response(body, { status: 500, headers }), LOCAL);
    assert.ok(error instanceof Error);
    assert.deepEqual([error.name, error.message], ["TypeError", "boom"]);
  });

  it("an exception whose body does not come, as for HEAD", async () => {
    const headers = { "MF-Experimental-Error-Stack": "true" };
    assert.ok((await check(new Response(null, { status: 500, headers }), LOCAL)) instanceof Error);
  });
});

describe("The target's own answer", () => {
  const rows: readonly (readonly [title: string, answer: () => Response, request?: Headers])[] = [
    ["another text", () => busy("busy")],
    ["an empty text", () => busy("")],
    ["the text with another status", () => new Response(NOT_RUNNING, { status: 500 })],
    ["the text with a header of its own", () => busy(NOT_RUNNING, { headers: { "X-Mine": "1" } })],
    ["the text as HTML", () => busy(NOT_RUNNING, { headers: { "Content-Type": "text/html" } })],
    ["the text within another", () => busy(`The gateway says: ${NOT_RUNNING}`)],
    ["the text with more behind it", () => busy(`${NOT_RUNNING}\nTry later.`)],
    ["the text where it is deployed", () => busy(NOT_RUNNING), new Headers({ "CF-Ray": "841ea9ebfd467fe9-FRA" })],
    ["a long text", () => busy("x".repeat(1_000_000))],
  ];
  for (const [title, answer, request] of rows) {
    it(`${title} stays as it is`, async () => {
      const own = await check(answer(), request ?? LOCAL);
      assert.ok(own instanceof Response, String(own));
      assert.equal(own.status, answer().status);
      assert.deepEqual([...own.headers], [...answer().headers]);
      assert.equal(await own.text(), await answer().text());
    });
  }

  it("a body that breaks still breaks", async () => {
    const broken = new ReadableStream({ start: (controller) => controller.error(new Error("broken")) });
    const own = await check(busy(broken, { headers: { "Content-Type": "text/plain;charset=UTF-8" } }), LOCAL);
    assert.ok(own instanceof Response);
    await assert.rejects(own.text(), /broken/);
  });
});

import { newWorkersRpcResponse, RpcTarget } from "capnweb";
import { Protocol } from "capnweb-protocol.js";

// A Worker that serves Cap'n Web itself, without the proxy: the Api of the captured exchanges, at /api, and at /api-stack
// with the stacks of errors. GET /runs tells how often a method ran.
let runs = 0;

class Authed extends RpcTarget {
  #name;

  constructor(name) {
    super();
    this.#name = name;
  }

  get whoami() {
    return this.#name;
  }

  getUser(id) {
    return { id, name: `user-${id}` };
  }

  getIds() {
    return [1, 2, 3];
  }
}

class Counter extends RpcTarget {
  #count = 0;

  inc(by = 1) {
    return (this.#count += by);
  }

  get value() {
    return this.#count;
  }
}

class Api extends Protocol {
  hello(name) {
    runs++;
    return `Hello ${name}`;
  }

  echo(...values) {
    runs++;
    return values;
  }

  auth(token) {
    runs++;
    if (token !== "t0k") throw new RangeError("bad token");
    return new Authed("alice");
  }

  types() {
    return {
      d: new Date(1749342170815),
      bad: new Date(NaN),
      big: 123456789012345678901234567890n,
      bytes: new Uint8Array([1, 2, 3]),
      u: undefined,
      nan: NaN,
      inf: Infinity,
      ninf: -Infinity,
      nul: null,
      arr: [1, [2, 3]],
      neg0: -0,
      err: new TypeError("te"),
    };
  }

  boom() {
    runs++;
    const cause = new Error("root");
    throw Object.assign(new TypeError("kaboom", { cause }), {
      code: "E_BOOM",
      details: { retryable: false, at: new Date(0) },
    });
  }

  boomStr() {
    runs++;
    throw "plain string";
  }

  noop() {
    runs++;
  }

  async slow(millis) {
    runs++;
    await new Promise((resolve) => setTimeout(resolve, millis));
    return `slow${millis}`;
  }

  makeCounter() {
    return new Counter();
  }

  get whoami() {
    return "api";
  }

  map_() {
    return new Map([[1, 2]]);
  }

  resp() {
    return new Response("made here", { status: 201, headers: { "x-a": "1" } });
  }

  aBlob() {
    runs++;
    return new Blob(["blob"], { type: "text/plain" });
  }

  boomLong(length) {
    runs++;
    throw Object.assign(new Error(`line 1\r\n\u001b[31mline 2\u202e${"x".repeat(length)}`), { name: "Evil\nError" });
  }

  callMe(callback) {
    return callback("from-server");
  }

  async each(count, callback) {
    for (let i = 0; i < count; i++) await callback(i);
    return count;
  }

  async callSeen(watcher) {
    return [await watcher.seen("a", 2), await watcher.seen("boom", 1).catch((e) => `${e.name}: ${e.message}`)];
  }

  give(value) {
    return value;
  }

  #kept;

  keep(target) {
    this.#kept?.[Symbol.dispose]();
    this.#kept = target.dup();
  }

  useKept(value) {
    return this.#kept(value);
  }

  users() {
    return [new Authed("ann"), new Authed("bob")].map((authed, i) => ({ name: `user-${i}`, authed }));
  }

  async late() {
    return { soon: Promise.resolve("now").then((x) => x), name: "late" };
  }

  adder(by) {
    return (n) => n + by;
  }

  async collect(stream) {
    const chunks = [];
    for await (const chunk of stream) chunks.push(typeof chunk === "string" ? chunk : [...chunk]);
    return chunks;
  }

  async length(stream) {
    let length = 0;
    for await (const chunk of stream) length += chunk.length;
    return length;
  }

  bytes(chunks, size) {
    let left = chunks;
    return new ReadableStream({
      pull(controller) {
        if (left-- > 0) controller.enqueue(new Uint8Array(size).fill(left));
        else controller.close();
      },
    });
  }

  failing() {
    let first = true;
    return new ReadableStream({
      pull(controller) {
        if (first) controller.enqueue(new Uint8Array([1, 2]));
        else controller.error(new Error("stream broke"));
        first = false;
      },
    });
  }

  #feed;

  // Objects of a kilobyte, as they are asked for; an error instead of number failAt.
  feed(count, failAt) {
    const feed = (this.#feed = { made: 0, cancelled: false });
    const text = "x".repeat(1000);
    return new ReadableStream({
      pull(controller) {
        if (feed.made === failAt) controller.error(new RangeError("feed broke"));
        else if (feed.made === count) controller.close();
        else controller.enqueue({ number: feed.made++, text });
      },
      cancel() {
        feed.cancelled = true;
      },
    });
  }

  feedState() {
    return this.#feed;
  }

  // Tells after each 500 objects how many it has read.
  async sum(items, progress) {
    let count = 0;
    let sum = 0;
    for await (const { number } of items) {
      sum += number;
      if (++count % 500 === 0) await progress(count);
    }
    return sum;
  }

  async numbersOf(items, count) {
    const numbers = [];
    for await (const { number } of items) {
      numbers.push(number);
      if (numbers.length === count) break;
    }
    return numbers;
  }

  textStream(chunks) {
    return new ReadableStream({
      start(controller) {
        for (let i = 0; i < chunks; i++) controller.enqueue(`chunk-${i}`);
        controller.close();
      },
    });
  }
}

export default {
  async fetch(request) {
    switch (new URL(request.url).pathname) {
      case "/runs":
        return Response.json({ runs });
      case "/api":
        return newWorkersRpcResponse(request, new Api());
      case "/api-stack":
        return newWorkersRpcResponse(request, new Api(), { onSendError: (error) => error });
    }
    return new Response("here are /api, /api-stack and /runs", { status: 404 });
  },
};

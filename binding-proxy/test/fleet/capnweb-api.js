import { newWorkersRpcResponse, RpcTarget } from "capnweb";

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

class Api extends RpcTarget {
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

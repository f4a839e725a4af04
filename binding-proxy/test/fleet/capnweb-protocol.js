import { RpcStub, RpcTarget } from "capnweb";

// What the Java client's tests of the whole protocol call at the official library: ProtocolRealRuntimeTest.
let disposals = 0;

class Tally extends RpcTarget {
  #sum;

  constructor(start) {
    super();
    this.#sum = start;
  }

  add(by = 1) {
    return (this.#sum += by);
  }

  get sum() {
    return this.#sum;
  }

  [Symbol.dispose]() {
    disposals++;
  }
}

const sleep = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

async function joined(readable) {
  const seen = [];
  for await (const chunk of readable) seen.push(typeof chunk === "string" ? chunk : new TextDecoder().decode(chunk));
  return seen.join("");
}

export class Protocol extends RpcTarget {
  #order = [];

  double(number) {
    return 2 * number;
  }

  tally(start) {
    return new Tally(start);
  }

  threeTallies() {
    const tally = new Tally(0);
    return [tally, tally, tally].map((each) => ({ tally: each }));
  }

  async lateTally(millis, start) {
    await sleep(millis);
    return new Tally(start);
  }

  disposed() {
    return disposals;
  }

  addTo(tally, by) {
    return tally.add(by);
  }

  doubleBy(main, number) {
    return main.double(number);
  }

  fails() {
    throw new RangeError("out of reach");
  }

  mark(number) {
    this.#order.push(number);
    return number;
  }

  async marks() {
    return this.#order.splice(0);
  }

  marker() {
    return { one: (number) => this.mark(number), other: (number) => this.mark(number) };
  }

  first(count) {
    return Array.from({ length: count }, (_, i) => i + 1);
  }

  nothing() {
    return null;
  }

  missing() {
    return undefined;
  }

  // Errors and values that can't be sent.
  failsRichly() {
    const error = new RangeError("rich", { cause: new TypeError("inner", { cause: "text" }) });
    throw Object.assign(error, { code: "E_RICH", details: { why: [1, 2] }, when: new Date(1234) });
  }

  failsTogether() {
    throw new AggregateError([new TypeError("one"), new RangeError("two")], "both");
  }

  failsWithRequest() {
    throw Object.assign(new Error("asked"), { request: new Request("http://asked.test/", { method: "DELETE" }) });
  }

  failsWithObject() {
    throw Object.assign(new Error("holds"), { code: "E_HOLDS", tally: new RpcStub(new Tally(1)) });
  }

  returnsMap() {
    return new Map([[1, 2]]);
  }

  errorInside() {
    return { wrapped: Object.assign(new TypeError("inside"), { code: 7 }) };
  }

  hidden() {
    return Object.keys(Object.prototype).length;
  }

  // Objects of the client.
  async applyTwice(callback, number) {
    return [await callback(number), await callback(number + 1)];
  }

  async visit(guest) {
    const answers = [await guest.name("x"), await guest.later(3)];
    try {
      await guest.secret();
    } catch (error) {
      answers.push(`${error.name}: ${error.message}`);
    }
    using badge = await guest.badge();
    answers.push(await badge.show());
    return answers;
  }

  #guest;

  keepGuest(guest) {
    this.#guest = guest.dup();
  }

  dropGuest() {
    this.#guest[Symbol.dispose]();
  }

  same(object) {
    return { object: object.dup() };
  }

  // Streams that the Worker gives.
  numbers(count) {
    let next = 0;
    return new ReadableStream({
      pull(controller) {
        if (next < count) controller.enqueue(`${next++},`);
        else controller.close();
      },
    });
  }

  labelled() {
    return { label: "stream", stream: this.numbers(3) };
  }

  objects() {
    return new ReadableStream({
      start(controller) {
        controller.enqueue({ not: "bytes" });
        controller.close();
      },
    });
  }

  breaks() {
    let first = true;
    return new ReadableStream({
      pull(controller) {
        if (first) controller.enqueue("ok");
        else controller.error(new Error("broke"));
        first = false;
      },
    });
  }

  #written = [];
  #ended = "open";

  sink(refuseAt = Infinity) {
    this.#written = [];
    this.#ended = "open";
    return new WritableStream({
      write: (chunk) => {
        if (this.#written.length + 1 >= refuseAt) throw new Error("no more of it");
        this.#written.push(chunk.length);
      },
      close: () => void (this.#ended = "closed"),
      abort: (reason) => void (this.#ended = `aborted: ${reason?.message ?? reason}`),
    });
  }

  #release = () => {};

  slowSink() {
    this.#written = [];
    this.#ended = "open";
    const opened = new Promise((resolve) => (this.#release = resolve));
    return new WritableStream({
      write: async (chunk) => {
        await opened;
        this.#written.push(chunk.length);
      },
      close: () => void (this.#ended = "closed"),
    });
  }

  openSink() {
    this.#release();
  }

  taken() {
    return this.#written.reduce((sum, each) => sum + each, 0);
  }

  ended() {
    return this.#ended;
  }

  // Streams that the client gives.
  async text(readable) {
    return joined(readable);
  }

  async firstOf(readable) {
    const reader = readable.getReader();
    const { value } = await reader.read();
    await reader.cancel();
    return value.length;
  }

  async readFailing(readable) {
    try {
      return await joined(readable);
    } catch (error) {
      return `failed: ${error.message}`;
    }
  }

  async greet(writable, names) {
    const writer = writable.getWriter();
    for (const name of names) await writer.write(`hello ${name}\n`);
    await writer.close();
    return names.length;
  }

  async writeAll(writable, chunks, size) {
    const writer = writable.getWriter();
    for (let i = 0; i < chunks; i++) await writer.write(new Uint8Array(size).fill(i));
    await writer.close();
    return chunks * size;
  }

  async tryWriting(writable, chunks, size) {
    try {
      return `written: ${await this.writeAll(writable, chunks, size)}`;
    } catch (error) {
      return `failed: ${error.message}`;
    }
  }

  async writeObject(writable) {
    const writer = writable.getWriter();
    try {
      await writer.write({ not: "bytes" });
      await writer.close();
    } catch (error) {
      return error.message;
    }
  }

  async abortIt(writable) {
    const writer = writable.getWriter();
    await writer.write("some");
    await writer.abort(new Error("changed my mind"));
  }

  leaveOpen(writable) {
    const writer = writable.getWriter();
    writer.write("some");
  }

  async upper(readable, writable) {
    const writer = writable.getWriter();
    for await (const chunk of readable) await writer.write(new TextDecoder().decode(chunk).toUpperCase());
    await writer.close();
    return "done";
  }

  async copyInto(pair) {
    await this.greet(pair.out, [pair.name]);
    return "copied";
  }

  // Types of fetch.
  headers() {
    return new Headers({ "content-type": "text/html", "x-server": "yes" });
  }

  async seeRequest(request) {
    return [
      request.method,
      request.url,
      request.headers.get("x-own"),
      request.body === null ? null : await request.text(),
    ];
  }

  async seeResponse(response) {
    return [
      response.status,
      response.statusText,
      response.headers.get("x-own"),
      response.body === null ? null : await response.text(),
    ];
  }

  aRequest() {
    return new Request("http://own.test/path", { method: "POST", headers: { "x-own": "worker" }, body: "asked" });
  }

  aResponse(withBody) {
    return withBody
      ? new Response("answered", { status: 201, statusText: "Made", headers: { "x-own": "worker" } })
      : new Response(null, { status: 204 });
  }

  async seeBlob(blob) {
    return [blob.type, blob.size, hex(new Uint8Array(await blob.arrayBuffer()).slice(0, 4))];
  }

  async twoBlobs(one, other) {
    return `${await one.text()}|${await other.text()}`;
  }

  blobs() {
    return { name: "two", blobs: [new Blob(["first"], { type: "text/plain" }), new Blob(["second"])] };
  }
}

import { DurableObject, RpcTarget, WorkerEntrypoint } from "cloudflare:workers";
import { answerRuns, count, isRuns } from "runs";

const sleep = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

let startedAtOnce = 0;
let underWay = 0;

let ticks = 0;

class Account extends RpcTarget {
  #id;

  constructor(id) {
    super();
    this.#id = id;
  }

  profile() {
    count();
    return { name: `acct-${this.#id}`, tags: ["x", "y"], owner: { name: "ann" } };
  }

  balance() {
    count();
    return { id: this.#id, cents: 4200n };
  }

  fail() {
    count();
    throw new RangeError("acct fail");
  }

  /** Never listed. */
  close() {
    count();
    return "closed";
  }

  sub() {
    count();
    return new Account(`${this.#id}.1`);
  }
}

class Secret extends RpcTarget {
  fetch() {
    count();
    return new Response("fetched");
  }
}

class Boom extends Error {
  name = "BoomError";
}

/** Methods of every kind of result. All count their runs. */
export class Accounts extends WorkerEntrypoint {
  fetch(request) {
    if (isRuns(request)) return answerRuns();
    count();
    return new Response("fetched");
  }

  hello(name) {
    count();
    return `Hello ${name}`;
  }

  echo(...values) {
    count();
    return values;
  }

  getUser(id) {
    count();
    return { id, name: `user-${id}` };
  }

  noop() {
    count();
  }

  types() {
    count();
    return {
      nul: null,
      yes: true,
      one: 1.5,
      nan: NaN,
      inf: -Infinity,
      text: "caf\u00e9",
      big: 123456789012345678901234567890n,
      date: new Date(1749342170815),
      bytes: new Uint8Array([1, 2, 3]),
      buffer: new Uint8Array([4]).buffer,
      floats: new Float32Array([1.5]),
      error: Object.assign(new TypeError("te", { cause: "hidden" }), { code: "E", secret: "s" }),
      list: [1, [2, undefined]],
      undef: undefined,
    };
  }

  account(id) {
    count();
    return id === 0 ? null : new Account(id);
  }

  unlistedReturns(id) {
    count();
    return new Account(id);
  }

  secret() {
    count();
    return new Secret();
  }

  aFunction() {
    count();
    return () => count();
  }

  nestedFunction() {
    count();
    return { deep: [{ call: () => count() }] };
  }

  nestedObject() {
    count();
    return { account: new Account(1) };
  }

  aMap() {
    count();
    return new Map([[1, 2]]);
  }

  aSet() {
    count();
    return { set: new Set([1]) };
  }

  aRegExp() {
    count();
    return /x/;
  }

  aResponse() {
    count();
    return new Response("body");
  }

  aRequest() {
    count();
    return new Request("https://request.invalid/");
  }

  headers() {
    count();
    return new Headers({ a: "b" });
  }

  stream() {
    count();
    return new ReadableStream({
      start(controller) {
        controller.enqueue(new Uint8Array([1]));
        controller.close();
      },
    });
  }

  cycle() {
    count();
    const value = {};
    value.self = value;
    return value;
  }

  deep(levels) {
    count();
    let value = "bottom";
    for (let i = 0; i < levels; i++) value = { value };
    return value;
  }

  /** Small on the wire, 2^40 texts when written out. */
  bomb() {
    count();
    let value = ["x"];
    for (let i = 0; i < 40; i++) value = [value, value];
    return value;
  }

  large(bytes) {
    count();
    return "x".repeat(bytes);
  }

  largeOf(character, length) {
    count();
    return character.repeat(length);
  }

  largeError(length, start = "") {
    count();
    throw new Error(start + "x".repeat(length));
  }

  bigintOf(bits) {
    count();
    return (1n << BigInt(bits)) - 1n;
  }

  /** How many of these calls are under way, and which one of them this is. */
  async atOnce(millis) {
    count();
    const started = ++startedAtOnce;
    underWay++;
    const seen = underWay;
    await sleep(millis);
    underWay--;
    return [started, seen];
  }

  proto() {
    count();
    return JSON.parse('{"__proto__":{"polluted":true},"ok":1}');
  }

  boom() {
    count();
    throw Object.assign(new Boom("boom"), {
      code: "E_BOOM",
      details: { retryable: false },
      secret: "s3cr3t",
      bindingProxyCode: "TIMED_OUT",
    });
  }

  boomText() {
    count();
    throw "plain text";
  }

  boomObject() {
    count();
    throw { secret: "s3cr3t" };
  }

  boomData() {
    count();
    throw { message: "none left", code: "E_STOCK", secret: "s3cr3t", bindingProxyCode: "TIMED_OUT" };
  }

  async slow(millis) {
    count();
    await sleep(millis);
    return `slow${millis}`;
  }

  async slowLarge(millis, bytes) {
    count();
    await sleep(millis);
    return "x".repeat(bytes);
  }

  /** Data in a property that is not listed. */
  hiddenInError(bytes) {
    count();
    throw Object.assign(new Error("hidden"), { secret: "x".repeat(bytes) });
  }

  /** Calls a function of the caller's, once for each value. */
  async visit(values, visitor) {
    count();
    const returned = [];
    for (const value of values) {
      try {
        returned.push(await visitor(value));
      } catch (error) {
        returned.push(error instanceof Error ? `${error.name}: ${error.message}` : error);
      }
    }
    return returned;
  }

  async listen({ listener }) {
    count();
    const returned = await listener.onProgress(50);
    return [returned, await listener.onSecret().catch((error) => error.message)];
  }

  attend(listener) {
    return this.listen({ listener });
  }

  /** Calls a function when this call is over, and lets go of it then. */
  keep(visitor) {
    count();
    const kept = visitor.dup();
    const later = async () => {
      await sleep(20);
      await kept("late").finally(() => kept[Symbol.dispose]());
    };
    this.ctx.waitUntil(later());
  }

  /** Counts on until it is let go of: then the runtime ends the call that it came from. */
  ticking() {
    count();
    setInterval(() => ticks++, 5);
    return new Account(0);
  }

  ticks() {
    return ticks;
  }

  async never() {
    count();
    await new Promise(() => {});
  }
}

export class Room extends DurableObject {
  #names = [];

  join(name) {
    count();
    this.#names.push(name);
    return { name, members: this.#names.length, room: this.ctx.id.name ?? null };
  }

  reset() {
    count();
    this.ctx.abort("room reset");
  }

  fail() {
    count();
    throw new RangeError("room fail");
  }
}

export default Accounts;

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { configOf, Misconfigured, type Config } from "../src/config.js";

const withEntry = (entry: Record<string, unknown>): Config | Misconfigured =>
  configOf({ BINDINGS: { API: { kind: "service", ...entry } }, PROXY_TOKEN: "x".repeat(32) });

function configured(entry: Record<string, unknown>) {
  const config = withEntry(entry);
  assert.ok(!(config instanceof Misconfigured), JSON.stringify(config));
  return config.bindings.get("API")?.rpc;
}

/** `returns` within `returns`, so many levels of methods. */
function nested(levels: number): object {
  return levels === 1 ? { name: {} } : { open: { returns: nested(levels - 1) } };
}

describe("Methods that are refused, and what the refusal says", () => {
  const rows: readonly (readonly [title: string, entry: Record<string, unknown>, says: RegExp])[] = [
    ["a text", { methods: "getUser" }, /BINDINGS.API.methods must be a list such as \["getUser"\], or an object/],
    ["null", { methods: null }, /must be a list/],
    ["an empty list", { methods: [] }, /is empty/],
    ["an empty object", { methods: {} }, /is empty/],
    ["an empty list of a returned object", { methods: { a: { returns: [] } } }, /API.methods.a.returns is empty/],
    ["a method twice", { methods: ["a", "a"] }, /has "a" twice/],
    ["a method whose entry is a text", { methods: { a: "x" } }, /API.methods.a must be \{\} or/],
    ["a method whose entry is a list", { methods: { a: ["b"] } }, /API.methods.a must be \{\} or/],
    ["an unknown member of a method", { methods: { a: { return: {} } } }, /unknown member "return". It takes: returns/],
    ["returns that is a text", { methods: { a: { returns: "b" } } }, /API.methods.a.returns must be a list/],
    ["returns that is too deep", { methods: nested(9) }, /nested deeper than 8/],
    ["a list with a number", { methods: [1] }, /has the name 1:/],
    ...["_private", "a.b", "a-b", "#a", "", "1st", "*", "a b", "caf\u00e9", "a".repeat(64)].map(
      (name) => [`the name ${name}`, { methods: [name] }, /use a letter, then letters, digits and _/] as const,
    ),
    ...["fetch", "connect", "dup", "then", "scheduled", "queue", "alarm", "constructor", "toString", "hasOwnProperty"]
      .concat("valueOf", "toJSON", "prototype", "email", "tail", "webSocketMessage", "isPrototypeOf")
      .map((name) => [`the method ${name}`, { methods: [name] }, /which is never called by RPC. Remove it/] as const),
    ["fetch of a returned object", { methods: { a: { returns: ["fetch"] } } }, /methods.a.returns has "fetch", which/],
    ["__proto__", { methods: JSON.parse('{"__proto__":{}}') }, /has the name "__proto__"/],
    [
      "another method of a queue",
      { kind: "queue", methods: ["sendBatch"] },
      /"sendBatch". A binding of this kind has: send/,
    ],
    [
      "another method of Workers AI",
      { kind: "ai", methods: ["run", "models"] },
      /"models". A binding of this kind has: run/,
    ],
    [
      "an object that a queue returns",
      { kind: "queue", methods: { send: { returns: ["a"] } } },
      /unknown member "returns"/,
    ],
    ["a health path of a queue", { kind: "queue", healthPath: "/" }, /unknown member "healthPath"/],
    [
      "callbacks that are false",
      { methods: { a: { callbacks: false } } },
      /a.callbacks must be true, for functions, or/,
    ],
    ["callbacks that are an empty list", { methods: { a: { callbacks: [] } } }, /or a list of an object's methods/],
    ["a callback with a bad name", { methods: { a: { callbacks: ["_x"] } } }, /methods.a.callbacks has the name "_x"/],
    ["a callback named then", { methods: { a: { callbacks: ["then"] } } }, /"then", which is never called/],
    ["callbacks of a queue", { kind: "queue", methods: { send: { callbacks: true } } }, /unknown member "callbacks"/],
    ["sessions without methods", { sessions: {} }, /sessions without methods/],
    ["sessions that are a text", { methods: ["a"], sessions: "no" }, /API.sessions must be an object such as/],
    [
      "an unknown limit",
      { methods: ["a"], sessions: { idle: 5 } },
      /unknown member "idle". It takes: callsInFlight, calls/,
    ],
    ...[0, -1, 1.5, "5", null, 1e9].map(
      (calls) =>
        [
          `a limit of ${String(calls)}`,
          { methods: ["a"], sessions: { callsInFlight: calls } },
          /API.sessions.callsInFlight must be a whole number from 1 to 1024/,
        ] as const,
    ),
    ["error properties without methods", { errorProperties: ["code"] }, /errorProperties without methods/],
    [
      "error properties that are a text",
      { methods: ["a"], errorProperties: "code" },
      /must be a list such as \["code"/,
    ],
    ...["stack", "cause", "message", "name", "bindingProxyCode", "bindingProxy", "constructor", "toJSON", "_x", ""].map(
      (name) =>
        [`the error property ${name}`, { methods: ["a"], errorProperties: [name] }, /errorProperties has/] as const,
    ),
  ];
  for (const [title, entry, says] of rows) {
    it(title, () => {
      const config = withEntry(entry);
      assert.ok(config instanceof Misconfigured, "accepted");
      assert.match(config.detail, says);
    });
  }
});

describe("Methods that are taken", () => {
  it("a list is an object whose methods return data", () => {
    const methods = new Map([
      ["getUser", {}],
      ["hello", {}],
    ]);
    assert.deepEqual(configured({ methods: ["getUser", "hello"] })?.methods, methods);
    assert.deepEqual(configured({ methods: { getUser: {}, hello: {} } })?.methods, methods);
  });

  it("methods of returned objects, as objects and as lists", () => {
    const account = new Map([["account", { returns: new Map([["profile", {}]]) }]]);
    assert.deepEqual(configured({ methods: { account: { returns: { profile: {} } } } })?.methods, account);
    assert.deepEqual(configured({ methods: { account: { returns: ["profile"] } } })?.methods, account);
    assert.ok(configured({ methods: nested(8) }));
  });

  it("the properties of errors that are passed", () => {
    const rpc = configured({ methods: ["a"], errorProperties: ["code", "retryable"] });
    assert.deepEqual(rpc?.errorProperties, new Set(["code", "retryable"]));
  });

  it("callbacks, as functions and as objects", () => {
    const methods = { visit: { callbacks: true }, listen: { callbacks: ["onProgress"] } };
    const expected = new Map<string, object>([
      ["visit", { callbacks: "functions" }],
      ["listen", { callbacks: ["onProgress"] }],
    ]);
    assert.deepEqual(configured({ methods })?.methods, expected);
  });

  it("sessions: served unless they are false, and each limit by itself", () => {
    for (const sessions of [undefined, true, {}]) {
      assert.equal(
        configured({ methods: ["a"], ...(sessions !== undefined && { sessions }) })?.sessions?.calls,
        10_000,
      );
    }
    assert.equal(configured({ methods: ["a"], sessions: false })?.sessions, undefined);
    const limits = configured({ methods: ["a"], sessions: { idleSeconds: 60, calls: 50 } })?.sessions;
    assert.deepEqual([limits?.idleSeconds, limits?.calls, limits?.totalSeconds], [60, 50, 3600]);
  });
});

import assert from "node:assert/strict";
import { afterEach, beforeEach, it } from "node:test";
import { open, send } from "./support/http.js";
import { controlHeaders, problem, runs, SCOPED_TOKEN, type Call } from "./support/proxy.js";
import { batch, callOf, lines } from "./support/rpc.js";
import { onEachRuntime } from "./support/workerd.js";

const push = (id: number, path: unknown, ...args: unknown[]) => ["push", ["pipeline", id, path, ...args]];
const HELLO = push(0, ["hello"], ["x"]);
const ACCOUNT = push(0, ["account"], [7]);
const PULL = ["pull", 1];

const WEBSOCKET = { Upgrade: "websocket", Connection: "Upgrade", "Sec-WebSocket-Version": "13" };

const nested = (levels: number): unknown => (levels === 0 ? "bottom" : { in: nested(levels - 1) });

type Row = readonly [title: string, body: string, says?: RegExp];

/** Each stands behind a call that is listed, which must not run either. */
const FORBIDDEN: readonly Row[] = [
  ...[
    "nope",
    "fetch",
    "connect",
    "constructor",
    "__proto__",
    "env",
    "then",
    "dup",
    "close",
    "toString",
    "HELLO",
    "",
  ].map((name): Row => [
    `the method ${name}`,
    lines(HELLO, push(0, [name], []), PULL),
    /is not listed under "methods"/,
  ]),
  ["a method by its number", lines(HELLO, push(0, [0], [])), /is not listed/],
  ["a path through the main object", lines(HELLO, push(0, ["env", "SECRET"], [])), /"env.SECRET" is not listed/],
  ["a path through a listed method", lines(HELLO, push(0, ["hello", "call"], [])), /"hello.call" is not listed/],
  ["a property of the main object", lines(HELLO, push(0, ["env"]), PULL), /"env" is read as a property/],
  ["a listed method as a property", lines(HELLO, push(0, ["hello"]), PULL), /"hello" is read as a property/],
  ["an unlisted method of a returned object", lines(HELLO, ACCOUNT, push(2, ["close"], [])), /"close" is not listed/],
  ["fetch of a returned object", lines(HELLO, ACCOUNT, push(2, ["fetch"], ["https://x.invalid"])), /"fetch"/],
  ["a property of a returned object", lines(HELLO, ACCOUNT, push(2, ["profile"])), /"profile" is read as a property/],
  [
    "an unlisted method two objects down",
    lines(ACCOUNT, push(1, ["sub"], []), push(2, ["balance"], [])),
    /"balance" is not listed/,
  ],
  [
    "a method of an object that the configuration takes for data",
    lines(push(0, ["unlistedReturns"], [1]), push(1, ["profile"], [])),
    /"profile" is called on a result that BINDINGS says is data/,
  ],
  ["a method of a property of data", lines(HELLO, push(1, ["a", "b"], [])), /called on a result/],
  ["a returned object as an argument", lines(ACCOUNT, push(0, ["echo"], [["pipeline", 1]])), /arguments are data/],
  [
    "a property of a returned object as an argument",
    lines(ACCOUNT, push(0, ["echo"], [["pipeline", 1, ["profile"]]])),
    /is read as a property/,
  ],
];

const arg = (value: unknown) => lines(HELLO, push(0, ["echo"], [value]), PULL);
const expression = (value: unknown) => lines(HELLO, ["push", value], PULL);

const MALFORMED: readonly Row[] = [
  ["no message", "", /Line 1 of the batch is not JSON/],
  ["a line break at the end", `${callOf("hello")}\n`, /Line 3 of the batch is not JSON/],
  ["an object as a message", '{"push":1}', /is not a Cap'n Web message/],
  ["an unknown message", lines(HELLO, ["wat"]), /Line 2 of the batch is a message "wat"/],
  ...["remap", "stream", "pipe", "export", "abort", "resolve", "reject"].map((kind): Row => [
    `the message ${kind}`,
    lines(HELLO, [kind, 1, []]),
    /serves whole messages of: push, pull, release/,
  ]),
  ["a push without an expression", lines(HELLO, ["push"])],
  ["a push of two expressions", lines([...HELLO, 1])],
  ["a literal", expression({ a: 1 }), /A pushed expression must be/],
  ["the form import", expression(["import", 0, ["hello"], ["x"]]), /A pushed expression must be/],
  ["the form remap", expression(["remap", 1, [], [["import", 0]], [["pipeline", -1, ["hello"], []]]])],
  ["a remap in a remap", expression(["remap", 1, [], [], [["remap", -1, [], [], []]]])],
  ["a call whose path is a text", expression(["pipeline", 0, "hello", []]), /array of names/],
  ["a call whose path holds an array", expression(["pipeline", 0, [["hello"]], []]), /array of names/],
  ["a call without a path", expression(["pipeline", 0, [], []]), /neither a method nor a property/],
  ["an alias of a result", expression(["pipeline", 1])],
  ["a call whose arguments are an object", expression(["pipeline", 0, ["hello"], {}]), /must be an array/],
  ["a property that every object has", lines(HELLO, push(1, ["a", "constructor"])), /"a.constructor" has a name that/],
  ["the prototype of a result as an argument", arg(["pipeline", 1, ["__proto__"]]), /has a name that every object has/],
  ["a call with something behind its arguments", expression(["pipeline", 0, ["hello"], [], 1])],
  ...([2, 3, -1, 1.5, "0", null, 1e9] as const).map((id): Row => [
    `a call on the id ${id}`,
    expression(["pipeline", id, ["hello"], []]),
    /no earlier one has/,
  ]),
  ["a pull of an id that is not pushed", lines(HELLO, ["pull", 2])],
  ["a pull before its push", lines(PULL, HELLO)],
  ["a pull of the main object", lines(HELLO, ["pull", 0]), /the main object for something else/],
  ["a release of the main object", lines(HELLO, ["release", 0, 1]), /the main object for something else/],
  ["a second release", lines(HELLO, PULL, ["release", 1, 1], ["release", 1, 1])],
  ["a release of two references", lines(HELLO, PULL, ["release", 1, 2])],
  ["a pull after the release", lines(HELLO, ["release", 1, 1], PULL)],
  ...[
    "remap",
    "stream",
    "pipe",
    "export",
    "import",
    "promise",
    "readable",
    "writable",
    "request",
    "response",
    "headers",
  ]
    .concat("blob", "url", "wat")
    .flatMap((tag): Row[] => {
      const value = [tag, -1, []];
      const says = new RegExp(`a value of the form "${tag}"`);
      return [
        [`the argument ${tag}`, arg(value), says],
        [`${tag} in an array`, arg([[1, [[value]]]]), says],
        [`${tag} in an object`, arg({ a: [[{ b: value }]] }), says],
        [`${tag} in an error`, arg(["error", "Error", "m", null, { cause: value }]), says],
      ];
    }),
  ["an array that is not wrapped", arg([1, 2]), /a value of the form 1/],
  ["an object as a tag", arg([{ toString: 1 }]), /a value of the form an object/],
  ["an array as a tag", arg([[1], 2]), /a value of the form an array/],
  ["an object as the kind of a message", lines(HELLO, [{ toString: 1 }]), /Line 2 of the batch is a message an object/],
  ["an empty array that is not wrapped", arg([])],
  ["two arrays in a wrapping", arg([[1], [2]])],
  ["a call in the arguments of another", arg(["pipeline", 0, ["hello"], ["x"]]), /push it by itself/],
  ["the main object as an argument", arg(["pipeline", 0]), /the main object for something else/],
  ["a result of a later line as an argument", arg(["pipeline", 2])],
  ["a bigint that is none", arg(["bigint", "12x"]), /"bigint" that is not well-formed/],
  ["a bigint of 20,000 digits", arg(["bigint", "9".repeat(20_000)]), /"bigint" that is not well-formed/],
  ["a date that is a text", arg(["date", "2025-01-01"])],
  ["bytes of half an element", arg(["bytes", "AA", "Float64Array"])],
  ["bytes of an unknown type", arg(["bytes", "AA", "Object"])],
  ["bytes that are not base64", arg(["bytes", "***"])],
  ["an array where a text belongs", arg(["bytes", ["export", 1]])],
  ["an error without a message", arg(["error", "Error"])],
  ["an error whose properties are an array", arg(["error", "Error", "m", null, [["export", 1]]])],
  ...["__proto__", "constructor", "toString", "toJSON"].map((key): Row => [
    `an object with the key ${key}`,
    arg(JSON.parse(`{"${key}":1}`)),
    /would drop/,
  ]),
  ["65 levels", arg(nested(62)), /deeper than 64 levels/],
  [
    "100,000 levels",
    `["push",["pipeline",0,["echo"],[${"[[".repeat(50_000)}${"]]".repeat(50_000)}]]]`,
    /deeper than 64/,
  ],
];

const repeated = (count: number, message: unknown) => Array.from({ length: count }, () => message);

const TOO_LARGE: readonly Row[] = [
  ["65 pushes", lines(...repeated(65, HELLO)), /at most 64 calls/],
  ["65 pulls", lines(HELLO, ...repeated(65, PULL)), /at most 64 calls/],
  ["20,000 pushes", lines(...repeated(20_000, HELLO)), /at most 64 calls/],
  ["65 uses of a result", lines(HELLO, push(0, ["echo"], repeated(65, ["pipeline", 1]))), /more than 64 times/],
];

onEachRuntime("A batch that is refused whole, before anything ran", "rpc.capnp", (workerd) => {
  const allRuns = () => Promise.all(["accounts", "mocks"].map((target) => runs(workerd(), target)));
  let before: number[] = [];
  beforeEach(async () => {
    before = await allRuns();
  });
  afterEach(async () => assert.deepEqual(await allRuns(), before, "a refused batch ran something"));

  for (const [rows, code, status] of [
    [FORBIDDEN, "FORBIDDEN", 403],
    [MALFORMED, "BAD_REQUEST", 500],
    [TOO_LARGE, "BODY_TOO_LARGE", 413],
  ] as const) {
    for (const [title, body, says] of rows) {
      it(`${title}: ${code}`, async () => {
        const answer = await batch(workerd(), body);
        const { detail, error } = problem(answer, code, status, "not-dispatched");
        if (says) assert.match(detail, says);
        assert.equal(error, undefined);
      });
    }
  }

  const requests: readonly (readonly [string, Call, code: string, status: number, says?: RegExp])[] = [
    ["GET", { method: "GET" }, "METHOD_NOT_ALLOWED", 500, /rpc takes POST/],
    ["PUT", { method: "PUT" }, "METHOD_NOT_ALLOWED", 500, /rpc takes POST/],
    [
      "an upgrade to h2c",
      { headers: { Upgrade: "h2c", Connection: "Upgrade" } },
      "BAD_REQUEST",
      500,
      /Upgrade: websocket/,
    ],
    ["a session by POST", { headers: WEBSOCKET }, "METHOD_NOT_ALLOWED", 500, /opened by GET/],
    ...(
      [
        ["no token", { token: null }, "UNAUTHORIZED", 401],
        ["a token whose scope has no rpc", { token: SCOPED_TOKEN }, "FORBIDDEN", 403],
        ["a binding without methods", { target: "NO_METHODS" }, "RPC_NOT_AVAILABLE", 500],
        ["a binding without sessions", { target: "NO_SESSIONS" }, "RPC_NOT_AVAILABLE", 500],
        ["an unlisted binding", { target: "OTHER" }, "BINDING_NOT_ALLOWED", 404],
        ["an object out of the prefix", { target: "ROOMS", object: "name:hall" }, "FORBIDDEN", 403],
        ["an origin", { headers: { ...WEBSOCKET, Origin: "https://page.example" } }, "BAD_REQUEST", 500],
      ] as const
    ).map(
      ([title, wanted, code, status]) =>
        [`a session: ${title}`, { method: "GET", headers: WEBSOCKET, ...wanted }, code, status] as const,
    ),
    ["no token", { token: null }, "UNAUTHORIZED", 401],
    ["a token whose scope has no rpc", { token: SCOPED_TOKEN }, "FORBIDDEN", 403, /TOKEN_SCOPES/],
    ["a binding without methods", { target: "NO_METHODS" }, "RPC_NOT_AVAILABLE", 500, /Add the binding's methods/],
    ["a method of another binding's list", { target: "HELLO_ONLY", body: callOf("echo") }, "FORBIDDEN", 403],
    ["an unlisted binding", { target: "OTHER" }, "BINDING_NOT_ALLOWED", 404],
    ["a Durable Object without an object", { target: "ROOMS" }, "BAD_REQUEST", 500, /Binding-Proxy-Object is missing/],
    ["an object out of the prefix", { target: "ROOMS", object: "name:hall" }, "FORBIDDEN", 403],
    ["an object for a queue", { target: "JOBS", object: "name:a" }, "BAD_REQUEST", 500, /the target is a queue/],
    ["sendBatch of a queue", { target: "JOBS", body: callOf("sendBatch", [[]]) }, "FORBIDDEN", 403],
    ["a body that is not UTF-8", { body: Buffer.from([0x22, 0xff, 0x22]) }, "BAD_REQUEST", 500, /not valid UTF-8/],
  ];
  for (const [title, wanted, code, status, says] of requests) {
    it(`${title}: ${code}`, async () => {
      const { detail } = problem(await batch(workerd(), callOf("hello", "x"), wanted), code, status, "not-dispatched");
      if (says) assert.match(detail, says);
    });
  }

  it("a body that is announced with more than 1 MiB: BODY_TOO_LARGE, without a wait for it", async () => {
    const headers = { ...controlHeaders({ target: "ACCOUNTS", op: "rpc" }), "Content-Length": `${(1 << 20) + 1}` };
    const answer = await send(workerd().port("proxy"), "/", { method: "POST", headers, unfinished: true });
    assert.match(problem(answer, "BODY_TOO_LARGE", 413, "not-dispatched").detail, /at most 1048576 bytes/);
  });

  it("a chunked body over 1 MiB: BODY_TOO_LARGE", async () => {
    const headers = { "Transfer-Encoding": "chunked" };
    const answer = await batch(workerd(), callOf("echo", "x".repeat(1 << 20)), { headers });
    problem(answer, "BODY_TOO_LARGE", 413, "not-dispatched");
  });

  it("20,000 pushes are refused at once", async () => {
    const body = lines(...repeated(20_000, HELLO));
    const start = performance.now();
    problem(await batch(workerd(), body), "BODY_TOO_LARGE", 413, "not-dispatched");
    assert.ok(performance.now() - start < 1000);
  });

  it("a body that does not come within the limit: TIMED_OUT", async () => {
    const headers = { ...controlHeaders({ target: "ACCOUNTS", op: "rpc", timeout: "100" }), "Content-Length": "5" };
    const answer = await open(workerd().port("proxy"), "/", { method: "POST", headers, unfinished: true });
    assert.equal(answer.headers["binding-proxy-error"], "TIMED_OUT");
    assert.equal(answer.headers["binding-proxy-outcome"], "not-dispatched");
    answer.destroy();
  });
});

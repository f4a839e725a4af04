import assert from "node:assert/strict";
import { afterEach, beforeEach, it } from "node:test";
import { sendRaw } from "./support/http.js";
import { call, problem, runs, SCOPED_TOKEN, targetAnswered, TOKEN, type Call } from "./support/proxy.js";
import { onEachRuntime } from "./support/workerd.js";

interface Row {
  readonly title: string;
  readonly call: Call;
  readonly code: string;
  readonly status: number;
  readonly detail?: RegExp;
}

const bad = (title: string, wanted: Call, detail?: RegExp): Row => ({
  title,
  call: wanted,
  code: "BAD_REQUEST",
  status: 500,
  ...(detail && { detail }),
});
const unauthorized = (title: string, wanted: Call): Row => ({ title, call: wanted, code: "UNAUTHORIZED", status: 401 });
const forbidden = (title: string, wanted: Call): Row => ({ title, call: wanted, code: "FORBIDDEN", status: 403 });
const unlisted = (title: string, wanted: Call): Row => ({
  title,
  call: wanted,
  code: "BINDING_NOT_ALLOWED",
  status: 404,
});

const withHeader = (name: string, value: string): Call => ({ target: "BEHAVES", headers: { [name]: value } });

const rows: readonly Row[] = [
  unauthorized("no token", { token: null }),
  unauthorized("a wrong token of the right length", { token: TOKEN.replace("abcdef", "abcdeg") }),
  unauthorized("the beginning of the token", { token: TOKEN.slice(0, -1) }),
  unauthorized("the token with something behind it", { token: `${TOKEN}x` }),
  unauthorized("the token in the application's own Authorization", {
    token: null,
    headers: { Authorization: `Bearer ${TOKEN}` },
  }),
  unauthorized("another scheme than Bearer", {
    token: null,
    headers: { "Binding-Proxy-Authorization": `Basic ${TOKEN}` },
  }),
  unauthorized("the token without a scheme", { token: null, headers: { "Binding-Proxy-Authorization": TOKEN } }),
  unauthorized("no token, for a binding that is not listed", { token: null, target: "UNLISTED" }),
  unauthorized("no token, for diagnose", { token: null, op: "diagnose" }),
  unauthorized("no token, for diagnose;bindings", { token: null, op: "diagnose;bindings" }),

  forbidden("a scoped token at a binding out of its scope", { token: SCOPED_TOKEN, target: "THROWS" }),
  forbidden("a scoped token at an unlisted binding", { token: SCOPED_TOKEN, target: "UNLISTED" }),
  forbidden("a scoped token with an operation out of its scope", { token: SCOPED_TOKEN, op: "diagnose" }),
  forbidden("a scoped token with a form of such an operation", { token: SCOPED_TOKEN, op: "diagnose;bindings" }),

  unlisted("a binding that exists but is not listed", { target: "UNLISTED" }),
  unlisted("env.constructor", { target: "constructor" }),
  unlisted("env.__proto__", { target: "__proto__" }),
  unlisted("env.hasOwnProperty", { target: "hasOwnProperty" }),
  unlisted("a secret of the proxy", { target: "PROXY_TOKEN" }),
  unlisted("a name in another case", { target: "behaves" }),
  { title: "a listed binding that is missing", call: { target: "MISSING" }, code: "BINDING_MISSING", status: 404 },
  {
    title: "a text where a service is listed",
    call: { target: "WRONG_KIND" },
    code: "BINDING_WRONG_KIND",
    status: 500,
    detail: /of type "string"/,
  },
  {
    title: "a KV namespace where a service is listed",
    call: { target: "KV_INSTEAD" },
    code: "BINDING_WRONG_KIND",
    status: 500,
    detail: /of type "KvNamespace"/,
  },
  { title: "TRACE", call: { method: "TRACE" }, code: "METHOD_NOT_ALLOWED", status: 500 },
  { title: "PROPFIND", call: { method: "PROPFIND" }, code: "METHOD_NOT_ALLOWED", status: 500 },
  { title: "diagnose by POST", call: { op: "diagnose", method: "POST" }, code: "METHOD_NOT_ALLOWED", status: 500 },
  {
    title: "diagnose;bindings by POST",
    call: { op: "diagnose;bindings", method: "POST" },
    code: "METHOD_NOT_ALLOWED",
    status: 500,
  },
  { title: "rpc", call: { op: "rpc", method: "POST" }, code: "RPC_NOT_AVAILABLE", status: 500 },

  bad("no target", { headers: {} }, /Binding-Proxy-Target is missing/),
  bad("an empty target", { target: "" }, /empty/),
  bad(
    "an unknown operation",
    { target: "BEHAVES", op: "eval" },
    /"eval"; it takes fetch, rpc, diagnose, and diagnose;bindings/,
  ),
  ...["fetch;bindings", "diagnose;health", "diagnose; bindings", "diagnose;bindings;"].map((op) =>
    bad(`the operation ${op}`, { target: "BEHAVES", op }, /it takes fetch/),
  ),
  bad("two operations", { target: "BEHAVES", op: "fetch, diagnose" }, /comma/),
  bad("two targets in one header", { target: "BEHAVES, THROWS" }, /comma/),
  bad("an object name with a comma", { target: "ROOMS", object: "name:a,b" }, /%2C/),
  bad("a control header over 1 KiB", { target: "ROOMS", object: `name:${"a".repeat(1024)}` }, /longer than 1024/),
  bad("a control header that is not ASCII", { target: "ROOMS", object: "name:caf\u00e9" }, /visible ASCII/),
  bad("an unknown control header", withHeader("Binding-Proxy-Retry", "1"), /"binding-proxy-retry" is not a header/),
  bad("an outcome sent by the caller", withHeader("Binding-Proxy-Outcome", "target-answered")),
  bad("an object for a service", { target: "BEHAVES", object: "name:a" }, /target is a service/),
  bad("a Durable Object without an object", { target: "ROOMS" }, /Binding-Proxy-Object is missing/),
  bad("an object for diagnose", { op: "diagnose", object: "name:a" }),
  bad("Origin", withHeader("Origin", "https://app.example"), /not browsers/),
  bad("Sec-Fetch-Site", withHeader("Sec-Fetch-Site", "none"), /not browsers/),
  ...["0", "-1", "600001", "1.5", "1e3", "0x10", "007", "100;body", "100; headers", "x"].map((timeout) =>
    bad(`the timeout ${timeout}`, { target: "BEHAVES", timeout }, /1 to 600000/),
  ),
];

onEachRuntime("What is refused before any binding is called", "fleet.capnp", (workerd) => {
  const targets = ["behaves", "throws", "rooms", "unlisted", "outside"];
  const allRuns = () => Promise.all(targets.map((target) => runs(workerd(), target)));
  let before: number[] = [];
  beforeEach(async () => {
    before = await allRuns();
  });
  afterEach(async () => assert.deepEqual(await allRuns(), before, "a refused request ran something"));

  for (const { title, call: wanted, code, status, detail } of rows) {
    it(`${title}: ${code}`, async () => {
      const target = wanted.headers && !("target" in wanted) && code === "BAD_REQUEST" ? {} : { target: "BEHAVES" };
      const problemBody = problem(await call(workerd(), { ...target, ...wanted }), code, status, "not-dispatched");
      if (detail) assert.match(problemBody.detail, detail);
      assert.equal(problemBody.error, undefined);
    });
  }

  it("a control header that is sent twice: BAD_REQUEST", async () => {
    const answer = await sendRaw(
      workerd().port("proxy"),
      "GET / HTTP/1.1",
      "Host: proxy.example",
      `Binding-Proxy-Authorization: Bearer ${TOKEN}`,
      "Binding-Proxy-Target: BEHAVES",
      "Binding-Proxy-Target: THROWS",
      "",
      "",
    );
    assert.match(answer, /Binding-Proxy-Error: BAD_REQUEST/);
    assert.match(answer, /Binding-Proxy-Outcome: not-dispatched/);
  });

  it("foreign text is quoted escaped and cut to 64 characters", async () => {
    const target = `"<b>${"x".repeat(500)}`;
    const answer = await call(workerd(), { target });
    const { detail, binding } = problem(answer, "BINDING_NOT_ALLOWED", 404, "not-dispatched");
    assert.ok(detail.startsWith('"\\"<b>x'));
    assert.ok(!answer.text.includes("x".repeat(61)) && binding?.length === 64);
  });

  it("a value under a mistyped name is not quoted: it may be the token", async () => {
    const answer = await call(workerd(), {
      token: null,
      target: "BEHAVES",
      headers: { "Binding-Proxy-Authorisation": "Bearer something-secret" },
    });
    problem(answer, "BAD_REQUEST", 500, "not-dispatched");
    assert.ok(!answer.text.includes("something-secret"));
  });

  it("a refused POST body is not needed for the refusal", async () => {
    const answer = await call(workerd(), { target: "MISSING", method: "POST", body: "x".repeat(100_000) });
    problem(answer, "BINDING_MISSING", 404, "not-dispatched");
  });
});

onEachRuntime("What the tokens open", "fleet.capnp", (workerd) => {
  it("the first token opens everything that is listed", async () => {
    targetAnswered(await call(workerd(), { target: "BEHAVES" }));
    targetAnswered(await call(workerd(), { target: "OBJECTS" }));
  });

  it("the second token opens what its scope says", async () => {
    targetAnswered(await call(workerd(), { target: "BEHAVES", token: SCOPED_TOKEN }));
  });

  it("the scheme may be written in any case", async () => {
    const headers = { "Binding-Proxy-Authorization": `bearer ${TOKEN}` };
    targetAnswered(await call(workerd(), { target: "BEHAVES", token: null, headers }));
  });

  it("a 401 says how to authenticate", async () => {
    const answer = await call(workerd(), { target: "BEHAVES", token: null });
    assert.equal(answer.headers["www-authenticate"], 'Bearer realm="binding-proxy"');
  });
});

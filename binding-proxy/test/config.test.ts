import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { configOf, Misconfigured, type Config, type Env } from "../src/config.js";

const GOOD: Env = { BINDINGS: { API: { kind: "service" } }, PROXY_TOKEN: "x".repeat(32) };

const scopeOf = (bindings: unknown): Env => ({ TOKEN_SCOPES: { PROXY_TOKEN: { bindings } } });

function configured(env: Env): Config {
  const config = configOf({ ...GOOD, ...env });
  assert.ok(!(config instanceof Misconfigured), JSON.stringify(config));
  return config;
}

describe("A configuration that is refused, and what the refusal says", () => {
  const rows: readonly (readonly [title: string, env: Env, says: RegExp])[] = [
    ["no BINDINGS", { BINDINGS: undefined }, /BINDINGS is missing. Write for example/],
    ["BINDINGS that is not JSON", { BINDINGS: "{" }, /BINDINGS is not valid JSON/],
    ["BINDINGS that is a list", { BINDINGS: ["API"] }, /BINDINGS must be a JSON object/],
    [
      "a binding that is a text",
      { BINDINGS: { API: "service" } },
      /BINDINGS.API must be an object such as \{ "kind": "service" \}/,
    ],
    ["a binding that is JSON in a text", { BINDINGS: { API: '{"kind":"service"}' } }, /BINDINGS.API must be an object/],
    ["a binding that is a list", { BINDINGS: { API: ["service"] } }, /BINDINGS.API must be an object/],
    [
      "a binding without a kind",
      { BINDINGS: { API: {} } },
      /BINDINGS.API.kind must be "service", "durable-object", "queue" or "ai"/,
    ],
    ["an unknown kind", { BINDINGS: { API: { kind: "d1" } } }, /kind must be "service", "durable-object"/],
    [
      "an unknown member",
      { BINDINGS: { API: { kind: "service", retries: 3 } } },
      /unknown member "retries".*healthPath/,
    ],
    ["a member of the other kind", { BINDINGS: { API: { kind: "service", unique: true } } }, /unknown member "unique"/],
    ["a name that is no identifier", { BINDINGS: { "a.b": { kind: "service" } } }, /has the name "a.b"/],
    ["a name that the prototype has", { BINDINGS: JSON.parse('{"__proto__":{"kind":"service"}}') }, /has the name/],
    ...["XN__A", "xn__nxasmq5b", "_Xn__a"].map(
      (name) =>
        [
          `the name ${name}`,
          { BINDINGS: { [name]: { kind: "service" } } },
          /read as an encoded host name. Use another/,
        ] as const,
    ),
    [
      "a health path without /",
      { BINDINGS: { API: { kind: "service", healthPath: "health" } } },
      /healthPath must be a path/,
    ],
    [
      "a health path with a host",
      { BINDINGS: { API: { kind: "service", healthPath: "//x/y" } } },
      /healthPath must be a path/,
    ],
    [
      "an empty name prefix",
      { BINDINGS: { R: { kind: "durable-object", namePrefix: "" } } },
      /namePrefix must be a text/,
    ],
    [
      "unique that is a text",
      { BINDINGS: { R: { kind: "durable-object", unique: "yes" } } },
      /unique must be true or false/,
    ],
    [
      "unique and a name prefix",
      { BINDINGS: { R: { kind: "durable-object", unique: true, namePrefix: "r" } } },
      /Use two bindings/,
    ],
    ["no token", { PROXY_TOKEN: undefined }, /No token is configured. Run: npx wrangler secret put PROXY_TOKEN/],
    ["a token of 31 characters", { PROXY_TOKEN: "x".repeat(31) }, /PROXY_TOKEN must be 32 to 1000 visible/],
    ["an empty token", { PROXY_TOKEN: "" }, /PROXY_TOKEN must be/],
    ["a token with a line break at its end", { PROXY_TOKEN: `${"x".repeat(32)}\n` }, /PROXY_TOKEN must be/],
    ["a second token that is too short", { PROXY_TOKEN_NEXT: "short" }, /PROXY_TOKEN_NEXT must be/],
    ["a token with a comma", { PROXY_TOKEN: `${"x".repeat(16)},${"x".repeat(16)}` }, /no space, no comma/],
    ["a token that is no text", { PROXY_TOKEN: 12345 }, /PROXY_TOKEN must be/],
    ["scopes of an unknown token", { TOKEN_SCOPES: { TOKEN: {} } }, /unknown member "TOKEN". It takes: PROXY_TOKEN,/],
    ["an unknown member of a scope", { TOKEN_SCOPES: { PROXY_TOKEN: { paths: [] } } }, /unknown member "paths"/],
    ["a scope with an unlisted binding", { TOKEN_SCOPES: { PROXY_TOKEN: { bindings: ["APi"] } } }, /holds "APi"/],
    ["a scope with an unknown operation", { TOKEN_SCOPES: { PROXY_TOKEN: { operations: ["get"] } } }, /holds "get"/],
    ["a scope with an object", scopeOf([{ toString: 1 }]), /PROXY_TOKEN.bindings holds an object/],
    ["a scope with null", scopeOf([null]), /holds null/],
    ["a scope with arrays in arrays", scopeOf(JSON.parse("[".repeat(20_000) + "]".repeat(20_000))), /holds an array/],
    ["a scope that is a text", { TOKEN_SCOPES: { PROXY_TOKEN: "fetch" } }, /PROXY_TOKEN must be an object such as/],
    ["a scope that is no list", { TOKEN_SCOPES: { PROXY_TOKEN: { bindings: "API" } } }, /must be an array of/],
    [
      "EXPOSE_ERRORS that is neither true nor false",
      { EXPOSE_ERRORS: "yes" },
      /EXPOSE_ERRORS must be "true" or "false"/,
    ],
  ];
  for (const [title, env, says] of rows) {
    it(title, () => {
      const config = configOf({ ...GOOD, ...env });
      assert.ok(config instanceof Misconfigured, "accepted");
      assert.match(config.detail, says);
      for (const secret of [env.PROXY_TOKEN, env.PROXY_TOKEN_NEXT]) {
        if (typeof secret === "string" && secret !== "") assert.ok(!config.detail.includes(secret));
      }
    });
  }
});

describe("A secret in the wrong place of the configuration is not quoted", () => {
  const secret = "s3cret".repeat(6);
  const rows: readonly (readonly [title: string, env: Env])[] = [
    ["as the name of a scope", { TOKEN_SCOPES: { [secret]: {} } }],
    ["as a member of a scope", { TOKEN_SCOPES: { PROXY_TOKEN: { [secret]: [] } } }],
    ["as a binding of a scope", scopeOf([secret])],
    ["as an operation of a scope", { TOKEN_SCOPES: { PROXY_TOKEN: { operations: [secret] } } }],
    ["as a binding", { BINDINGS: { [secret]: {} } }],
    ["as a member of a binding", { BINDINGS: { API: { kind: "service", [secret]: 1 } } }],
    ["as a method", { BINDINGS: { API: { kind: "service", methods: [`${secret}!`] } } }],
    ["as a method that is in the way to another", { BINDINGS: { API: { kind: "service", methods: { [secret]: 1 } } } }],
    [
      "as an error property",
      { BINDINGS: { API: { kind: "service", methods: ["a"], errorProperties: [`${secret}!`] } } },
    ],
  ];
  for (const [title, env] of rows) {
    it(title, () => {
      const ofThisToken = configOf({ ...GOOD, PROXY_TOKEN: secret, ...env });
      assert.ok(ofThisToken instanceof Misconfigured);
      assert.ok(!ofThisToken.detail.includes("s3cret"), ofThisToken.detail);
      assert.equal(ofThisToken.publicDetail, undefined);
    });
  }

  it("one that is not configured any more", () => {
    const config = configOf({ ...GOOD, TOKEN_SCOPES: { [secret]: {} } });
    assert.ok(config instanceof Misconfigured);
    assert.match(config.detail, /the unknown member a string of 36 characters/);
  });
});

describe("A configuration that is taken", () => {
  it("BINDINGS as an object or as its JSON text", () => {
    const text = configured({ BINDINGS: '{ "API": { "kind": "service", "healthPath": "/v1/health?deep=1" } }' });
    assert.deepEqual(text.bindings.get("API"), {
      name: "API",
      origin: "https://api.invalid",
      kind: "service",
      rpc: undefined,
      healthPath: "/v1/health?deep=1",
    });
  });

  it("the fixed origin is the name in lower case, as a valid host", () => {
    const { bindings } = configured({ BINDINGS: { My_API_2_: { kind: "service" } } });
    assert.equal(bindings.get("My_API_2_")?.origin, "https://my-api-2.invalid");
  });

  it("names with a leading _, which wrangler takes too", () => {
    const { bindings } = configured({ BINDINGS: { _API: { kind: "service" }, ___: { kind: "service" } } });
    assert.equal(bindings.get("_API")?.origin, "https://api.invalid");
    assert.equal(bindings.get("___")?.origin, "https://binding.invalid");
  });

  it("no token where anonymous callers are allowed", () => {
    assert.deepEqual(configured({ PROXY_TOKEN: undefined, ALLOW_ANONYMOUS: "true" }).tokens, []);
  });

  it("a scope for a token that is not set yet, or no more", () => {
    assert.equal(configured({ TOKEN_SCOPES: { PROXY_TOKEN_NEXT: { bindings: ["API"] } } }).tokens.length, 1);
  });

  it("it is parsed once as long as the environment is the same", () => {
    const env = { ...GOOD };
    assert.equal(configOf(env), configOf(env));
  });
});

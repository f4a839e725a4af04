import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ConfigError } from "../src/config-error.js";
import { configOf, type Config, type Env } from "../src/config.js";

const GOOD: Env = { BINDINGS: { API: { kind: "service" } }, PROXY_TOKEN: "x".repeat(32) };

function configured(env: Env): Config {
  const config = configOf({ ...GOOD, ...env });
  assert.ok(!(config instanceof ConfigError), String(config));
  return config;
}

describe("A configuration that is refused, and what the refusal says", () => {
  const rows: readonly (readonly [title: string, env: Env, says: RegExp])[] = [
    ["no BINDINGS", { BINDINGS: undefined }, /BINDINGS is missing. Write for example/],
    ["BINDINGS that is not JSON", { BINDINGS: "{" }, /BINDINGS is not valid JSON/],
    ["BINDINGS that is a list", { BINDINGS: ["API"] }, /BINDINGS must be a JSON object/],
    ["a binding that is a text", { BINDINGS: { API: "service" } }, /BINDINGS.API is not valid JSON/],
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
    ["a token that is no text", { PROXY_TOKEN: 12345 }, /PROXY_TOKEN must be/],
    ["scopes of an unknown token", { TOKEN_SCOPES: { TOKEN: {} } }, /unknown member "TOKEN". It takes: PROXY_TOKEN,/],
    ["an unknown member of a scope", { TOKEN_SCOPES: { PROXY_TOKEN: { paths: [] } } }, /unknown member "paths"/],
    ["a scope with an unlisted binding", { TOKEN_SCOPES: { PROXY_TOKEN: { bindings: ["APi"] } } }, /holds "APi"/],
    ["a scope with an unknown operation", { TOKEN_SCOPES: { PROXY_TOKEN: { operations: ["get"] } } }, /holds "get"/],
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
      assert.ok(config instanceof ConfigError, "accepted");
      assert.match(config.message, says);
      for (const secret of [env.PROXY_TOKEN, env.PROXY_TOKEN_NEXT]) {
        if (typeof secret === "string" && secret !== "") assert.ok(!config.message.includes(secret));
      }
    });
  }
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

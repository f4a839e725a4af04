import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { CODES } from "../src/codes.js";

const sources = new Map(
  readdirSync(new URL("../src/", import.meta.url)).map((name) => [
    name,
    readFileSync(new URL(`../src/${name}`, import.meta.url), "utf8"),
  ]),
);

const importsOf = (name: string) =>
  [...(sources.get(name) ?? "").matchAll(/^import (?!type )[^;]* from "\.\/([\w-]+)\.js";/gm)].map((m) => `${m[1]}.ts`);

describe("The rule that not-dispatched is never said after a dispatch, in the shape of the code", () => {
  it("beside the table of codes only refusal.ts says it", () => {
    const makers = [...sources].filter(([name, text]) => name !== "codes.ts" && text.includes('"not-dispatched"'));
    assert.deepEqual(
      makers.map(([name]) => name),
      ["refusal.ts"],
    );
  });

  for (const start of ["dispatch.ts", "rpc-dispatch.ts", "rpc-session.ts", "diagnose.ts"]) {
    it(`nothing that ${start} uses can refuse`, () => {
      const reached = new Set([start]);
      for (const name of reached) for (const next of importsOf(name)) reached.add(next);
      assert.ok(reached.size > 3);
      assert.ok(!reached.has("refusal.ts"), [...reached].join(", "));
    });
  }

  it("only these files open a target", () => {
    const openers = [...sources].filter(([, text]) => /\bopen\(\)/.test(text)).map(([name]) => name);
    assert.deepEqual(openers.sort(), [
      "dispatch.ts",
      "probe.ts",
      "rpc-dispatch.ts",
      "rpc-session.ts",
      "session-run.ts",
    ]);
  });
});

describe("The table of codes", () => {
  it("has every code of the protocol", () => {
    assert.deepEqual(Object.keys(CODES).sort(), [
      "BAD_REQUEST",
      "BINDING_MISSING",
      "BINDING_NOT_ALLOWED",
      "BINDING_WRONG_KIND",
      "BODY_TOO_LARGE",
      "ENTRYPOINT_MISSING",
      "FORBIDDEN",
      "METHOD_NOT_ALLOWED",
      "NETWORK_LOST",
      "NO_FETCH_HANDLER",
      "OBJECT_ID_INVALID",
      "OBJECT_OVERLOADED",
      "OBJECT_RESET",
      "PROXY_MISCONFIGURED",
      "RESULT_NOT_DATA",
      "RPC_NOT_AVAILABLE",
      "TARGET_HUNG",
      "TARGET_NOT_RUNNING",
      "TARGET_RETURNED_NO_RESPONSE",
      "TARGET_THREW",
      "TIMED_OUT",
      "UNAUTHORIZED",
    ]);
  });
});

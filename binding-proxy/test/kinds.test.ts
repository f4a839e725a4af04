import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { findBinding } from "../src/kinds.js";

class Unknown {
  send(): void {}
  run(): void {}
}

describe("What is found under a binding's name", () => {
  for (const name of ["constructor", "toString", "__proto__", "hasOwnProperty"]) {
    it(`${name} is missing: what every object inherits is no binding`, () => {
      assert.equal(findBinding({}, name).kind, "missing");
    });
  }

  for (const [title, value, className] of [
    ["a text", "secret", "string"],
    ["a function", () => {}, "function"],
    ["null", null, "object"],
    ["a JSON variable, even with a member named fetch", { fetch: "x" }, "Object"],
    ["a binding of another class", new Unknown(), "Unknown"],
  ] as const) {
    it(`${title} is no binding that the proxy lends`, () => {
      assert.deepEqual(findBinding({ X: value }, "X"), { kind: "other", className });
    });
  }
});

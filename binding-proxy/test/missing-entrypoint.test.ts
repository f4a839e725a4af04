import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { runtimes } from "./support/runtimes.js";
import { Workerd } from "./support/workerd.js";

describe("A binding to an entrypoint that the target does not have", () => {
  for (const runtime of runtimes) {
    it(`does not start on ${runtime.name}, which says so`, async () => {
      await assert.rejects(
        Workerd.start(runtime, "missing-entrypoint.capnp"),
        /binding "NO_ENTRYPOINT" refers to service "behaves" with a named entrypoint "Renamed", but "behaves" has no such named entrypoint\./,
      );
    });
  }
});

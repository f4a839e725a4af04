import assert from "node:assert/strict";
import type { BindingReport } from "../../src/binding-report.js";
import { call, type Call } from "./proxy.js";
import type { Workerd } from "./workerd.js";

/** What diagnose answers, by the bindings' names. */
export async function diagnose(workerd: Workerd, wanted: Call = {}): Promise<ReadonlyMap<string, BindingReport>> {
  const answer = await call(workerd, { op: "diagnose", ...wanted });
  assert.equal(answer.status, 200);
  assert.equal(answer.headers["binding-proxy-outcome"], "proxy-answered");
  assert.equal(answer.headers["content-type"], "application/json");
  assert.equal(answer.headers["cache-control"], "private, no-store");
  const { bindings } = JSON.parse(answer.text) as { bindings: BindingReport[] };
  return new Map(bindings.map((report) => [report.binding, report]));
}

import assert from "node:assert/strict";
import { it } from "node:test";
import type { BindingReport } from "../src/binding-report.js";
import { call, problem, runs, type Call } from "./support/proxy.js";
import { onEachRuntime, type Workerd } from "./support/workerd.js";

async function diagnose(workerd: Workerd, wanted: Call = {}): Promise<ReadonlyMap<string, BindingReport>> {
  const answer = await call(workerd, { op: "diagnose", ...wanted });
  assert.equal(answer.status, 200);
  assert.equal(answer.headers["binding-proxy-outcome"], "proxy-answered");
  assert.equal(answer.headers["content-type"], "application/json");
  assert.equal(answer.headers["cache-control"], "private, no-store");
  const { bindings } = JSON.parse(answer.text) as { bindings: BindingReport[] };
  return new Map(bindings.map((report) => [report.binding, report]));
}

onEachRuntime("diagnose", "fleet.capnp", (workerd) => {
  it("tells the state of every listed binding, and of no other", async () => {
    const reports = await diagnose(workerd());
    assert.ok(reports.has("BEHAVES") && reports.has("ROOMS") && !reports.has("UNLISTED"));
    assert.ok(!reports.has("PROXY_TOKEN"));
  });

  it("a service that answers its health path is ok", async () => {
    const report = (await diagnose(workerd())).get("BEHAVES");
    assert.deepEqual(
      { ...report, health: { ...report?.health, latencyMillis: 0 } },
      {
        binding: "BEHAVES",
        exists: true,
        kind: "service",
        expected: "service",
        className: "Fetcher",
        fetchCallable: true,
        health: { path: "/status/200", status: 200, latencyMillis: 0 },
        diagnosis: "ok",
        fix: "",
      },
    );
  });

  it("a missing binding says what to add where", async () => {
    const report = (await diagnose(workerd())).get("MISSING");
    assert.deepEqual([report?.exists, report?.kind, report?.className], [false, "missing", undefined]);
    assert.match(report?.fix ?? "", /Add MISSING to the services of wrangler.jsonc/);
  });

  it("a binding of the wrong kind says what it is", async () => {
    const report = (await diagnose(workerd())).get("WRONG_KIND");
    assert.deepEqual([report?.kind, report?.expected, report?.fetchCallable], ["other", "service", false]);
    assert.match(report?.diagnosis ?? "", /of type string/);
  });

  it("broken targets are told apart", async () => {
    const reports = await diagnose(workerd());
    const codes = ["THROWS", "NO_RESPONSE_SYNC", "NO_FETCH"].map((name) => reports.get(name)?.health?.code);
    assert.deepEqual(codes, ["TARGET_THREW", "TARGET_RETURNED_NO_RESPONSE", "NO_FETCH_HANDLER"]);
    assert.equal(reports.get("NO_FETCH")?.fetchCallable, false);
    for (const name of ["THROWS", "NO_RESPONSE_SYNC", "NO_FETCH"]) assert.notEqual(reports.get(name)?.fix, "");
  });

  it("a Durable Object namespace is recognised and not called", async () => {
    const report = (await diagnose(workerd())).get("ROOMS");
    assert.deepEqual([report?.kind, report?.fetchCallable, report?.health], ["durable-object", true, undefined]);
  });

  it("a target restricts it to one binding", async () => {
    assert.deepEqual([...(await diagnose(workerd(), { target: "ROOMS" })).keys()], ["ROOMS"]);
    problem(
      await call(workerd(), { op: "diagnose", target: "UNLISTED" }),
      "BINDING_NOT_ALLOWED",
      404,
      "not-dispatched",
    );
  });

  it("a second one within 5 seconds probes nothing again", async () => {
    const first = await diagnose(workerd());
    const before = await runs(workerd(), "behaves");
    assert.deepEqual(await diagnose(workerd()), first);
    assert.equal(await runs(workerd(), "behaves"), before);
  });
});

onEachRuntime("diagnose without EXPOSE_ERRORS, and of a target that hangs", "variants.capnp", (workerd) => {
  it("errors have their names alone", async () => {
    const report = (await diagnose(workerd(), { socket: "proxy-quiet", target: "THROWS" })).get("THROWS");
    assert.deepEqual(report?.health?.error, { name: "TypeError", remote: true });
  });

  it("Timeout-Ms bounds the probes", async () => {
    const wanted = { socket: "proxy-quiet", target: "HANGS", timeout: "50" };
    const report = (await diagnose(workerd(), wanted)).get("HANGS");
    assert.equal(report?.health?.code, "TIMED_OUT");
    assert.ok((report?.health?.latencyMillis ?? Infinity) < 1500);
    assert.match(report?.diagnosis ?? "", /gave no answer within/);
  });
});

import assert from "node:assert/strict";
import { it } from "node:test";
import { diagnose } from "./support/diagnose.js";
import { call, problem, runs } from "./support/proxy.js";
import { onEachRuntime } from "./support/workerd.js";

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
        rpcCallable: false,
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

  it("a KV namespace where a service is listed says what it is", async () => {
    const report = (await diagnose(workerd())).get("KV_INSTEAD");
    assert.deepEqual([report?.kind, report?.expected, report?.fetchCallable], ["other", "service", false]);
    assert.match(report?.diagnosis ?? "", /of type KvNamespace/);
    assert.equal(report?.health, undefined);
  });

  it("broken targets are told apart", async () => {
    const reports = await diagnose(workerd());
    const expected = {
      THROWS: "TARGET_THREW",
      NO_RESPONSE_SYNC: "TARGET_RETURNED_NO_RESPONSE",
      NO_RESPONSE_ASYNC: "TARGET_RETURNED_NO_RESPONSE",
      NO_FETCH: "NO_FETCH_HANDLER",
      HUNG: "TARGET_HUNG",
      HANGS: "TIMED_OUT",
      NOT_AN_ENTRYPOINT: "TARGET_THREW",
    };
    const names = Object.keys(expected);
    const codes = names.map((name) => [name, reports.get(name)?.health?.code]);
    assert.deepEqual(Object.fromEntries(codes), expected);
    assert.equal(reports.get("NO_FETCH")?.fetchCallable, false);
    for (const name of names) assert.notEqual(reports.get(name)?.fix, "");
  });

  it("an entrypoint that is none is told apart from a target that throws", async () => {
    const before = await runs(workerd(), "not-an-entrypoint");
    const report = (await diagnose(workerd())).get("NOT_AN_ENTRYPOINT");
    assert.match(report?.diagnosis ?? "", /entrypoint is not a WorkerEntrypoint/);
    assert.match(report?.fix ?? "", /extends WorkerEntrypoint/);
    assert.equal(await runs(workerd(), "not-an-entrypoint"), before);
  });

  it("a service without a health path is not called", async () => {
    const report = (await diagnose(workerd())).get("NO_HEALTH_PATH");
    assert.deepEqual([report?.diagnosis, report?.health], ["ok, not probed: it has no healthPath", undefined]);
  });

  it("a health path with another status than 2xx says which", async () => {
    const report = (await diagnose(workerd())).get("UNHEALTHY");
    assert.deepEqual([report?.health?.status, report?.fetchCallable], [503, true]);
    assert.match(report?.diagnosis ?? "", /has status 503/);
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

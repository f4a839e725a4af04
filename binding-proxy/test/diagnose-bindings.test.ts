import assert from "node:assert/strict";
import { it } from "node:test";
import { diagnose } from "./support/diagnose.js";
import { call, problem, runs } from "./support/proxy.js";
import { onEachRuntime } from "./support/workerd.js";

const op = "diagnose;bindings";
const targets = [
  "behaves",
  "throws",
  "no-response-sync",
  "no-fetch",
  "hangs",
  "hung",
  "unhealthy",
  "rooms",
  "unlisted",
];

onEachRuntime("diagnose;bindings", "fleet.capnp", (workerd) => {
  it("runs no target, and needs none that answers", async () => {
    const allRuns = () => Promise.all(targets.map((target) => runs(workerd(), target)));
    const before = await allRuns();
    const reports = await diagnose(workerd(), { op });
    assert.deepEqual(await allRuns(), before);
    for (const { binding, health } of reports.values()) assert.equal(health, undefined, binding);
  });

  for (const name of ["BEHAVES", "NO_FETCH", "HUNG", "UNHEALTHY"]) {
    it(`${name} is a service, whatever its target would answer`, async () => {
      assert.deepEqual((await diagnose(workerd(), { op })).get(name), {
        binding: name,
        exists: true,
        kind: "service",
        expected: "service",
        className: "Fetcher",
        fetchCallable: true,
        rpcCallable: false,
        diagnosis: "ok, not asked",
        fix: "",
      });
    });
  }

  it("a Durable Object namespace is not asked either", async () => {
    const report = (await diagnose(workerd(), { op })).get("ROOMS");
    assert.deepEqual([report?.kind, report?.diagnosis], ["durable-object", "ok, not asked"]);
  });

  it("has the bindings of diagnose, and says the same of those that are missing or of a wrong kind", async () => {
    const [asked, notAsked] = [await diagnose(workerd()), await diagnose(workerd(), { op })];
    assert.deepEqual([...notAsked.keys()], [...asked.keys()]);
    for (const name of ["MISSING", "WRONG_KIND", "KV_INSTEAD"]) assert.deepEqual(notAsked.get(name), asked.get(name));
  });

  it("a target restricts it to one binding", async () => {
    assert.deepEqual([...(await diagnose(workerd(), { op, target: "ROOMS" })).keys()], ["ROOMS"]);
    problem(await call(workerd(), { op, target: "UNLISTED" }), "BINDING_NOT_ALLOWED", 404, "not-dispatched");
  });
});

onEachRuntime("diagnose;bindings beside diagnose", "fleet.capnp", (workerd) => {
  it("leaves nothing that diagnose would reuse", async () => {
    await diagnose(workerd(), { op });
    assert.equal((await diagnose(workerd(), { target: "BEHAVES" })).get("BEHAVES")?.diagnosis, "ok");
  });

  it("reuses nothing that diagnose has left", async () => {
    await diagnose(workerd(), { target: "NO_FETCH" });
    const report = (await diagnose(workerd(), { op })).get("NO_FETCH");
    assert.deepEqual([report?.diagnosis, report?.health], ["ok, not asked", undefined]);
  });
});

onEachRuntime("diagnose;bindings by a token that may diagnose some bindings", "diagnose.capnp", (workerd) => {
  it("tells those alone", async () => {
    assert.deepEqual([...(await diagnose(workerd(), { op })).keys()], ["BEHAVES"]);
  });
});

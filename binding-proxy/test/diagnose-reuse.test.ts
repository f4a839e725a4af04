import assert from "node:assert/strict";
import { it } from "node:test";
import { diagnose } from "./support/diagnose.js";
import { runs } from "./support/proxy.js";
import { onEachRuntime, type Workerd } from "./support/workerd.js";

/** Two diagnoses one after the other; gives back how often the target ran for each. */
async function runsOfTwo(workerd: Workerd, target: string, timeout?: string): Promise<readonly number[]> {
  const counter = target.toLowerCase().replaceAll("_", "-");
  const wanted = { target, ...(timeout !== undefined && { timeout }) };
  const before = await runs(workerd, counter);
  const first = await diagnose(workerd, wanted);
  const between = await runs(workerd, counter);
  const second = await diagnose(workerd, wanted);
  const after = await runs(workerd, counter);
  if (after === between) assert.deepEqual(second, first);
  return [between - before, after - between];
}

onEachRuntime("What diagnose finds is reused for 5 seconds", "fleet.capnp", (workerd) => {
  it("with the full limit", async () => {
    assert.deepEqual(await runsOfTwo(workerd(), "BEHAVES"), [1, 0]);
  });

  it("with a lower limit too", async () => {
    assert.deepEqual(await runsOfTwo(workerd(), "OBJECTS", "1900"), [1, 0]);
  });

  it("a failure with a lower limit", async () => {
    assert.deepEqual(await runsOfTwo(workerd(), "THROWS", "1900"), [1, 0]);
  });

  it("but not a time-out with a lower limit", async () => {
    assert.deepEqual(await runsOfTwo(workerd(), "HANGS", "50"), [1, 1]);
  });
});

onEachRuntime("A time-out that diagnose found with its full limit is reused", "fleet.capnp", (workerd) => {
  it("by callers in a hurry too", async () => {
    assert.deepEqual(await runsOfTwo(workerd(), "HANGS"), [1, 0]);
    const report = (await diagnose(workerd(), { target: "HANGS", timeout: "50" })).get("HANGS");
    assert.ok((report?.health?.latencyMillis ?? 0) > 1000);
  });
});

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { it } from "node:test";
import { endsCleanly, open, send } from "./support/http.js";
import { call, controlHeaders, echo, problem, runs, targetAnswered } from "./support/proxy.js";
import { onEachRuntime } from "./support/workerd.js";

onEachRuntime("Binding-Proxy-Timeout-Ms", "fleet.capnp", (workerd) => {
  for (const timeout of ["100", "100;headers"]) {
    it(`${timeout}: a target without an answer is TIMED_OUT, and a POST ran once`, async () => {
      const before = await runs(workerd(), "hangs");
      const answer = await call(workerd(), { target: "HANGS", method: "POST", body: "order", timeout });
      const { error, binding } = problem(answer, "TIMED_OUT", 503, "dispatch-threw");
      assert.deepEqual([error, binding], [undefined, "HANGS"]);
      assert.equal(await runs(workerd(), "hangs"), before + 1);
    });

    it(`${timeout}: an answer in time is not touched`, async () => {
      assert.equal(
        (await echo(workerd(), { method: "POST", body: "in time", timeout: timeout.replace("100", "60000") })).text,
        "in time",
      );
    });
  }

  it("a target that is canceled before the limit is TARGET_HUNG", async () => {
    const answer = await call(workerd(), { target: "HANGS", path: "/never", timeout: "60000" });
    problem(answer, "TARGET_HUNG", 500, "dispatch-threw");
  });

  it("after the headers it cuts the body off", async () => {
    const headers = controlHeaders({ target: "BEHAVES", timeout: "150" });
    // What a cut looks like is the runtime's: workerd 2026-04 ends every broken chunked body cleanly.
    const brokenLooksClean = await endsCleanly(workerd().port("direct-behaves"), "/break-body");
    const answer = await open(workerd().port("proxy"), "/slow-body", { headers });
    assert.equal(answer.statusCode, 200);
    const body = await readToTheEnd(answer);
    assert.equal(body.text, "first piece\n");
    assert.equal(body.clean, brokenLooksClean);
  });

  it("after the headers it cuts a body of a known length off, and the cut shows", async () => {
    const headers = controlHeaders({ target: "BEHAVES", timeout: "150" });
    const answer = await open(workerd().port("proxy"), "/slow-body?length=1000", { headers });
    assert.equal(answer.headers["content-length"], "1000");
    assert.deepEqual(await readToTheEnd(answer), { text: "first piece\n", clean: false });
  });

  for (const timeout of [undefined, "60000", "60000;headers"]) {
    it(`a target whose body does not end stops when the caller leaves, with the limit ${timeout}`, async () => {
      const [left, watched] = [randomUUID(), randomUUID()];
      const headers = controlHeaders({ target: "BEHAVES", ...(timeout !== undefined && { timeout }) });
      const answer = await open(workerd().port("proxy"), `/endless?name=${left}`, { headers });
      const other = await open(workerd().port("proxy"), `/endless?name=${watched}`, { headers });
      await Promise.all([once(answer, "data"), once(other, "data")]);
      answer.destroy();
      // The other body is the clock.
      const [before, start] = [await written(left), await written(watched)];
      for await (const _ of other) if ((await written(watched)) >= start + 100) break;
      const more = (await written(left)) - before;
      assert.ok(more < 50, `${more} more pieces were written`);
    });
  }

  const written = async (name: string) =>
    Number((await send(workerd().port("direct-behaves"), `/written?name=${name}`)).text);

  it("with ;headers the body may take longer", async () => {
    const headers = controlHeaders({ target: "BEHAVES", timeout: "100;headers" });
    const answer = await open(workerd().port("proxy"), "/late-end?ms=300", { headers });
    assert.deepEqual(await readToTheEnd(answer), { text: "first piece\nlast piece\n", clean: true });
  });

  it("an upload that does not come is TIMED_OUT", async () => {
    const headers = { ...controlHeaders({ target: "BEHAVES", timeout: "100" }), "Content-Length": "5" };
    const answer = await open(workerd().port("proxy"), "/upload", { method: "POST", headers, unfinished: true });
    assert.equal(answer.headers["binding-proxy-error"], "TIMED_OUT");
    answer.destroy();
  });

  it("the limits 1 and 600000 are taken", async () => {
    targetAnswered(await call(workerd(), { target: "BEHAVES", timeout: "600000" }));
    problem(await call(workerd(), { target: "HANGS", timeout: "1" }), "TIMED_OUT", 503, "dispatch-threw");
  });
});

async function readToTheEnd(body: AsyncIterable<unknown>): Promise<{ text: string; clean: boolean }> {
  let text = "";
  try {
    for await (const piece of body) text += String(piece);
    return { text, clean: true };
  } catch {
    return { text, clean: false };
  }
}

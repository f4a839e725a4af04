import assert from "node:assert/strict";
import { it } from "node:test";
import { call, problem, runs, SCOPED_TOKEN, targetAnswered, TOKEN } from "./support/proxy.js";
import { onEachRuntime } from "./support/workerd.js";

onEachRuntime("Configurations in operation", "variants.capnp", (workerd) => {
  it("without a token configured every request is refused, and told what to run", async () => {
    for (const token of [null, TOKEN]) {
      const answer = await call(workerd(), { target: "BEHAVES", socket: "proxy-no-token", token });
      const { detail } = problem(answer, "PROXY_MISCONFIGURED", 500, "not-dispatched");
      assert.match(detail, /wrangler secret put PROXY_TOKEN/);
    }
    assert.equal(await runs(workerd(), "behaves"), 0);
  });

  it("a mistake in BINDINGS refuses every request, and says which", async () => {
    for (const op of ["fetch", "diagnose"]) {
      const answer = await call(workerd(), { target: "BEHAVES", socket: "proxy-misconfigured", op });
      const { detail } = problem(answer, "PROXY_MISCONFIGURED", 500, "not-dispatched");
      assert.match(detail, /BINDINGS.BEHAVES has the unknown member "retries"/);
    }
  });

  it("a caller without a valid token is told where to look, and nothing of the configuration", async () => {
    for (const token of [null, SCOPED_TOKEN, `${TOKEN}x`]) {
      const answer = await call(workerd(), { target: "BEHAVES", socket: "proxy-misconfigured", token });
      const { detail } = problem(answer, "PROXY_MISCONFIGURED", 500, "not-dispatched");
      assert.match(detail, /See the proxy's log \(npx wrangler tail\) for what to correct/);
      assert.ok(!answer.text.includes("BEHAVES") && !answer.text.includes("retries"), answer.text);
    }
  });

  it("the second secret works alone, once the first is removed", async () => {
    targetAnswered(await call(workerd(), { target: "BEHAVES", socket: "proxy-next-only", token: SCOPED_TOKEN }));
    const answer = await call(workerd(), { target: "BEHAVES", socket: "proxy-next-only", token: TOKEN });
    problem(answer, "UNAUTHORIZED", 401, "not-dispatched");
  });

  for (const host of ["127.0.0.1", "127.0.0.1:8787", "localhost", "localhost:8787", "[::1]", "[::1]:8787"]) {
    it(`ALLOW_ANONYMOUS works for the host ${host}`, async () => {
      const wanted = { target: "BEHAVES", socket: "proxy-anonymous", token: null, headers: { Host: host } };
      targetAnswered(await call(workerd(), wanted));
    });
  }

  for (const host of [
    "proxy.example.com",
    "localhost.example.com",
    "127.0.0.1.nip.io",
    "127.0.0.2",
    "127.1",
    "0x7f000001",
    "localhost.",
    "LOCALHOST",
    "[0:0:0:0:0:0:0:1]",
    "example.localhost",
  ]) {
    it(`ALLOW_ANONYMOUS does not work for the host ${host}`, async () => {
      const wanted = { target: "BEHAVES", socket: "proxy-anonymous", token: null, headers: { Host: host } };
      const { detail } = problem(await call(workerd(), wanted), "UNAUTHORIZED", 401, "not-dispatched");
      assert.ok(detail.includes(`this one is for "${host}"`), detail);
    });
  }

  it("ALLOW_ANONYMOUS does not make a wrong token right", async () => {
    const wanted = { target: "BEHAVES", socket: "proxy-anonymous", headers: { Host: "localhost" } };
    problem(await call(workerd(), wanted), "UNAUTHORIZED", 401, "not-dispatched");
  });
});

import assert from "node:assert/strict";
import { it } from "node:test";
import { call, echo, targetAnswered } from "./support/proxy.js";
import { onEachRuntime } from "./support/workerd.js";

/** Sent with each request below; none may arrive. */
const NOT_PASSED = {
  Connection: "keep-alive, X-Named-By-Connection",
  "X-Named-By-Connection": "1",
  "Keep-Alive": "timeout=5",
  "Proxy-Authorization": "Basic x",
  "Proxy-Connection": "keep-alive",
  TE: "trailers",
  Forwarded: "for=1.2.3.4",
  "X-Forwarded-For": "1.2.3.4",
  "X-Forwarded-Host": "evil.example",
  "X-Forwarded-Proto": "http",
  "X-Forwarded-Anything": "1",
  "X-Real-IP": "1.2.3.4",
  "X-Client-IP": "1.2.3.4",
  "True-Client-IP": "1.2.3.4",
  "CF-Connecting-IP": "1.2.3.4",
  "CF-Access-Client-Id": "id",
  "CF-Access-Client-Secret": "secret",
  "CF-Access-Jwt-Assertion": "jwt",
  "X-HTTP-Method-Override": "DELETE",
  "X-HTTP-Method": "DELETE",
  "X-Method-Override": "DELETE",
  "X-Original-URL": "/admin",
  "X-Rewrite-URL": "/admin",
  Cookie: "session=1",
  "Binding-Proxy-Timeout-Ms": "60000",
};

onEachRuntime("Headers on their way to the target", "fleet.capnp", (workerd) => {
  it("hop-by-hop, caller's identity, overrides, cookies and control headers do not arrive", async () => {
    const { headers } = await echo(workerd(), { headers: { ...NOT_PASSED, "X-Kept": "yes" } });
    assert.equal(headers["x-kept"], "yes");
    const arrived = Object.keys(NOT_PASSED).filter((name) => name.toLowerCase() in headers);
    assert.deepEqual(arrived, []);
    const control = Object.keys(headers).filter((name) => name.startsWith("binding-proxy-"));
    assert.deepEqual(control, []);
  });

  it("the target's host is not the proxy's", async () => {
    const { headers } = await echo(workerd(), { headers: { Host: "proxy.example.com" } });
    assert.ok(headers["host"] === undefined || headers["host"] === "behaves.invalid", headers["host"]);
  });

  it("a header that Connection names is kept when Connection does not name it", async () => {
    assert.equal(
      (await echo(workerd(), { headers: { "X-Named-By-Connection": "1" } })).headers["x-named-by-connection"],
      "1",
    );
  });
});

onEachRuntime("Headers on their way back", "fleet.capnp", (workerd) => {
  it("a target cannot forge the proxy's headers or speak for its origin", async () => {
    const { headers, text } = targetAnswered(await call(workerd(), { target: "BEHAVES", path: "/forged" }));
    assert.equal(text, "forged");
    assert.equal(headers["x-kept"], "yes");
    for (const name of [
      "binding-proxy-error",
      "binding-proxy-object",
      "binding-proxy-anything",
      "strict-transport-security",
      "clear-site-data",
      "alt-svc",
      "access-control-allow-origin",
      "access-control-allow-credentials",
      "x-named",
      "cloudflare-cdn-cache-control",
    ]) {
      assert.equal(headers[name], undefined, name);
    }
  });

  it("an answer that was public becomes private, and keeps what else it said", async () => {
    const { headers } = await call(workerd(), { target: "BEHAVES", path: "/forged" });
    assert.equal(headers["cache-control"], "private, max-age=60");
    assert.ok(headers["vary"]?.startsWith("Accept, "));
  });

  it("an answer without Cache-Control becomes private", async () => {
    const { headers } = await call(workerd(), { target: "BEHAVES" });
    assert.equal(headers["cache-control"], "private");
  });
});

onEachRuntime("Cookies where PASS_COOKIES is true", "variants.capnp", (workerd) => {
  it("they arrive", async () => {
    const { headers } = await echo(workerd(), { socket: "proxy-cookies", headers: { Cookie: "session=1" } });
    assert.equal(headers["cookie"], "session=1");
  });
});

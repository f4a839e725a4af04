import assert from "node:assert/strict";
import { it } from "node:test";
import type { Sent } from "./support/http.js";
import { exchange, type Exchange } from "./support/exchange.js";
import { controlHeaders } from "./support/proxy.js";
import { onEachRuntime, type Workerd } from "./support/workerd.js";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const LIMITS = [undefined, "60000", "60000;headers"];

/** For a long run: DIFFERENTIAL_CASES=10000 node --import tsx --test test/differential.test.ts */
const LONG = process.env["DIFFERENTIAL_CASES"];
const CASES = Number(LONG ?? 100);
const FIRST = Number(process.env["DIFFERENTIAL_SEED"] ?? 1);

/** All of them in a long run; otherwise one of those that are alike, in turn. */
const methodsOf = (i: number) =>
  LONG === undefined ? ["GET", "HEAD", "POST", ["PUT", "PATCH", "DELETE", "OPTIONS"][i % 4] ?? ""] : METHODS;
const takesBody = (method: string) => method.startsWith("P");

/** What README.md says that the proxy drops from an answer, or writes anew. */
const DROPPED =
  /^(?:cache-control|vary|connection|keep-alive|trailer|upgrade|access-control-.*|binding-proxy-.*|strict-transport-security|clear-site-data|alt-svc|(?:cloudflare-)?cdn-cache-control|surrogate-control)$/;

const VARY = "Binding-Proxy-Authorization, Binding-Proxy-Target, Binding-Proxy-Op, Binding-Proxy-Object";

/** All that may be different in an answer that came by the proxy, as README.md has it: applied to one that did not. */
function asDocumented(answer: Exchange, method: string): Exchange {
  const { status, headers } = answer;
  if (!/^[0-9]/.test(status)) return answer;
  const listIn = (wanted: string) =>
    headers.flatMap(([name, value]) => (name === wanted ? value.split(",").map((item) => item.trim()) : []));
  const cacheControl = listIn("cache-control").filter((directive) => directive !== "public");
  return {
    ...answer,
    headers: [
      // With a body the runtime itself says how it is framed; of HEAD only the target can have said it.
      ...headers.filter(([name]) => !DROPPED.test(name) && (name !== "transfer-encoding" || method !== "HEAD")),
      ["binding-proxy-outcome", "target-answered"],
      ["binding-proxy-version", "1"],
      ["cache-control", ["private", ...cacheControl].join(", ")],
      ["vary", [...listIn("vary"), VARY].join(", ")],
    ],
  };
}

/** To be compared and read. Not the connection, which is the runtime's and the client's. */
function comparable({ status, headers, body, complete }: Exchange) {
  const lines = headers.filter(([name]) => name !== "connection").map(([name, value]) => `${name}: ${value}`);
  return { status, headers: lines.sort(), body: body.toString("latin1"), complete };
}

/** Sends one request in each way, and holds that the proxy's answers are those that came without it. */
async function compare(workerd: Workerd, path: string, method: string, sent: Sent = {}): Promise<void> {
  const title = `${method} ${path}`;
  const by = (socket: string, headers = {}) =>
    exchange(workerd.port(socket), path, { ...sent, method, headers: { ...sent.headers, ...headers } });
  const [direct, gateway, ...proxied] = await Promise.all([
    by("direct-idioms"),
    by("gateway"),
    ...LIMITS.map((timeout) =>
      by("proxy", controlHeaders({ target: "IDIOMS", ...(timeout !== undefined && { timeout }) })),
    ),
  ]);
  // The runtime computes no Content-Length for HEAD over a binding, and throws for a body that will break off.
  if (method !== "HEAD") assert.deepEqual(comparable(gateway), comparable(direct), `${title}, by a gateway`);
  const threw = method === "HEAD" && gateway.status.startsWith("500") && !direct.status.startsWith("500");
  for (const [i, answer] of proxied.entries()) {
    const way = `${title}, by the proxy with the limit ${LIMITS[i]}`;
    if (threw)
      assert.ok(
        answer.headers.some(([name, value]) => name === "binding-proxy-error" && value !== ""),
        way,
      );
    else assert.deepEqual(comparable(answer), comparable(asDocumented(gateway, method)), way);
  }
}

/** Some at the same time. */
async function each<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  const worker = async () => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: 4 }, worker));
}

onEachRuntime("An answer is the same by the proxy, under any limit", "differential.capnp", (workerd) => {
  it("of every idiom", async () => {
    const { body } = await exchange(workerd().port("direct-idioms"), "/", {});
    const paths = JSON.parse(String(body)) as string[];
    assert.ok(paths.length >= 80);
    const cases = paths.flatMap((path, i) => methodsOf(i).map((method) => [path, method] as const));
    await each(cases, ([path, method]) => compare(workerd(), path, method, takesBody(method) ? { body: "sent" } : {}));
  });

  it(`of ${CASES} random ones`, async () => {
    const seeds = Array.from({ length: CASES }, (_, i) => FIRST + i);
    await each(seeds, (seed) => {
      const method = METHODS[(seed >> 2) % METHODS.length] ?? "GET";
      const encoding = [undefined, "gzip", "identity", "br, gzip"][seed % 4];
      return compare(workerd(), `/random/${seed}`, method, {
        ...(encoding !== undefined && { headers: { "Accept-Encoding": encoding } }),
        ...(takesBody(method) && { body: "b".repeat(seed % 5000) }),
      });
    });
  });
});

import assert from "node:assert/strict";
import { mkdtemp, readFile, writeFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { readFleet, type Fleet } from "../src/fleet.ts";
import { writeProxy } from "../src/proxy/index.ts";
import { lentBy } from "../src/proxy/lent.ts";

const SHOP = new URL("../../worker-client-examples/fleet/workers", import.meta.url).pathname;
const folder = await mkdtemp(join(tmpdir(), "fleet-proxy-"));
after(() => rm(folder, { recursive: true }));

const options = { name: "binding-proxy", domains: {}, force: false };

test("a proxy lends what each Worker serves, under the names that the fleet uses", async () => {
  const fleet = await readFleet([SHOP]);
  assert.deepEqual(
    lentBy(fleet, "staging").map((lent) => [
      lent.name,
      lent.worker,
      lent.entrypoint ?? lent.className,
      lent.healthPath,
      lent.methods,
    ]),
    [
      ["CARTS_DEFAULT", "carts-staging", undefined, undefined, undefined],
      ["CARTS", "carts-staging", "Cart", undefined, { add: {} }],
      ["CATALOG", "catalog-staging", "CatalogApi", undefined, { priceOf: {}, find: {} }],
      ["CATALOG_DEFAULT", "catalog-staging", undefined, undefined, undefined],
      ["ORDERS", "orders-staging", undefined, "/v1/health", { place: {} }],
    ],
  );
});

test("wrangler reads the generated configuration without a word, in each environment", async () => {
  const out = join(folder, "whole");
  await writeProxy(await readFleet([SHOP]), { ...options, out, domains: { staging: "proxy.staging.example.com" } });
  const project = (await readFleet([out])).projects[0]!;
  assert.deepEqual(project.messages, []);
  const [top, staging] = project.deployments;
  assert.equal(staging?.config.workers_dev, false);
  assert.deepEqual(staging?.config.routes, [{ pattern: "proxy.staging.example.com", custom_domain: true }]);
  assert.equal(top?.config.routes, undefined);
  assert.deepEqual(
    staging?.bindings.map(({ name, worker }) => `${name} ${worker}`),
    [
      "CARTS_DEFAULT carts-staging",
      "CATALOG catalog-staging",
      "CATALOG_DEFAULT catalog-staging",
      "ORDERS orders-staging",
      "CARTS carts-staging",
    ],
  );
  assert.deepEqual(Object.keys(staging?.config.vars["BINDINGS"] as object), [
    "CARTS_DEFAULT",
    "CARTS",
    "CATALOG",
    "CATALOG_DEFAULT",
    "ORDERS",
  ]);
});

test("a proxy is not lent by a proxy, and a file that was edited stays", async () => {
  const out = join(folder, "twice");
  const fleet = await readFleet([SHOP]);
  await writeProxy(fleet, { ...options, out });
  const before = await readFile(join(out, "wrangler.jsonc"), "utf8");
  await writeProxy(await readFleet([SHOP, out]), { ...options, out });
  assert.equal(await readFile(join(out, "wrangler.jsonc"), "utf8"), before);

  await writeFile(join(out, "wrangler.jsonc"), "{}");
  await assert.rejects(writeProxy(fleet, { ...options, out }), /wrangler\.jsonc is there and differs: .*--force/);
  await writeProxy(fleet, { ...options, out, force: true });
  assert.equal(await readFile(join(out, "wrangler.jsonc"), "utf8"), before);
});

test("a proxy whose BINDINGS is a JSON string is one too, and a Worker with another BINDINGS is not", async () => {
  const worker = async (bindings: string): Promise<string[]> => {
    const fleet = await fleetOf("export default { fetch() { return new Response() } };", `BINDINGS = ${bindings}`);
    return lentBy(fleet, undefined).map(({ name }) => name);
  };
  assert.deepEqual(await worker(`'{"ORDERS": {"kind": "service"}}'`), []);
  assert.deepEqual(await worker(`{ ORDERS = "a book of orders" }`), ["SHOP"]);
});

test("methods of returned objects, hidden ones and the runtime's own", async () => {
  const fleet = await fleetOf(`
    import { WorkerEntrypoint, RpcTarget } from "cloudflare:workers";
    class Account extends RpcTarget { profile() { return 1; } #secret() {} static make() {} }
    class Base extends WorkerEntrypoint { shared() { return 2; } }
    export class Bank extends Base {
      account(id: number) { return new Account(); }
      private audit() {}
      protected check() {}
      _internal() {}
      fetch() { return new Response("x"); }
      queue() {}
      shared() { return 3; }
    }
    export const health = { fetch() { return new Response("well"); } };
    export const limits = { perDay: 7 };
  `);
  assert.deepEqual(
    lentBy(fleet, undefined).map(({ name, methods }) => [name, methods]),
    [
      ["SHOP_BANK", { account: { returns: { profile: {} } }, shared: {} }],
      ["SHOP_HEALTH", undefined],
    ],
  );
});

async function fleetOf(source: string, vars = ""): Promise<Fleet> {
  const own = await mkdtemp(join(folder, "worker-"));
  await writeFile(join(own, "index.ts"), source);
  const config = `name = "shop"\nmain = "index.ts"\ncompatibility_date = "2026-04-21"\n\n[vars]\n${vars}\n`;
  await writeFile(join(own, "wrangler.toml"), config);
  return readFleet([own]);
}

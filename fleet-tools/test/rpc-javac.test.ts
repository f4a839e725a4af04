import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { javac } from "./rpc/javac.ts";
import { randomWorker } from "./rpc/random-worker.ts";
import { folder, worker } from "./rpc/temporary-worker.ts";

/** Another seed and number of methods: RPC_SEED=7 RPC_METHODS=500. */
const SEED = Number(process.env["RPC_SEED"] ?? 1);
const METHODS = Number(process.env["RPC_METHODS"] ?? 30);

test(`types at random give Java that compiles without a warning (seed ${SEED})`, async (context) => {
  const generate = await worker(context, { "src/index.ts": randomWorker(SEED, METHODS) });
  const { java, problems } = await generate({ async: true });
  assert.deepEqual(problems, []);
  assert.equal(await javac(await folder(context), inPackage(java)), "");
});

test(`functions of such types, too (seed ${SEED})`, async (context) => {
  const generate = await worker(context, { "src/index.ts": randomWorker(SEED, METHODS, true) });
  const { java, problems } = await generate({ async: true, session: true });
  assert.deepEqual(problems, []);
  assert.equal(await javac(await folder(context), inPackage(java)), "");
});

test("what changes in the Worker is a compile error of the code that calls it", async (context) => {
  const source = (member: string) => `
    import { WorkerEntrypoint } from "cloudflare:workers";
    export class Shop extends WorkerEntrypoint { price(sku: string): { ${member} } { throw new Error(); } }`;
  const caller = `
    package com.acme;
    class Caller {
      static double twice(Shop shop) { return 2 * shop.price("A").cents(); }
    }`;
  const path = await folder(context);
  const before = await (await worker(context, { "src/index.ts": source("cents: number") }))();
  assert.equal(await javac(join(path, "before"), { ...inPackage(before.java), "Caller.java": caller }), "");
  const after = await (await worker(context, { "src/index.ts": source("cents: bigint; currency: string") }))();
  assert.match(
    await javac(join(path, "after"), { ...inPackage(after.java), "Caller.java": caller }),
    /Caller\.java:4: error/,
  );
});

function inPackage(java: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(java).map(([name, text]) => [`com/acme/${name}`, text]));
}

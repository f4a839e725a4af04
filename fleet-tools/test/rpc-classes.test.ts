import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { generateRpc } from "../src/rpc/index.ts";
import { folder, TSCONFIG, worker } from "./rpc/temporary-worker.ts";

test("classes are found however they are exported, and without the runtime's types", async (context) => {
  const generate = await worker(context, {
    "src/index.ts": `
      import { DurableObject, RpcTarget, WorkerEntrypoint } from "cloudflare:workers";
      export * from "./others";
      export { Carts as Baskets } from "./others";
      export abstract class Base<T> extends WorkerEntrypoint {
        ping() { return 1; }
        abstract get(id: string): T;
      }
      export class Items extends Base<{ sku: string }> {
        get(id: string) { return { sku: id }; }
      }
      type Class = abstract new (...args: any[]) => object;
      function counted<T extends Class>(base: T) {
        abstract class Counted extends base { count() { return 1n; } }
        return Counted;
      }
      export class Room extends counted(DurableObject) { name() { return "x"; } }
      export const Expression = class extends RpcTarget { when() { return new Date(); } };
      export class Plain { notCalled() {} }
      export class FetchOnly extends WorkerEntrypoint { fetch() { return new Response(); } }
      export default class extends WorkerEntrypoint { main(): void {} }`,
    "src/others.ts": `
      import { RpcTarget } from "cloudflare:workers";
      export class Carts extends RpcTarget { static make() {} private hidden() {} add(n: number) {} }`,
  });
  const { java, problems } = await generate();
  assert.deepEqual(problems, []);
  const methods = Object.entries(java).map(([file, text]) => [
    file,
    ...[...text.matchAll(/^ {2}\S.*;$/gm)].map(String),
  ]);
  // Named after the folder, as the file is index.ts in src.
  const [main] = methods.filter(([, method]) => method === "  void main();");
  assert.match(main![0]!, /^Fleet\w*Rpc\w*\.java$/i);
  assert.deepEqual(
    methods.filter((each) => each !== main),
    [
      ["Carts.java", "  void add(double n);"],
      ["Expression.java", "  Instant when();"],
      ["Items.java", "  GetResult get(String id);", "  double ping();"],
      ["Room.java", "  String name();", "  BigInteger count();"],
    ],
  );
  assert.deepEqual(Object.keys((await generate({ classes: ["default", "Baskets"] })).java), ["Carts.java", main![0]!]);
});

test("a Worker in JavaScript gives what its JSDoc says", async (context) => {
  const generate = await worker(context, {
    "worker.js": `
      import { WorkerEntrypoint } from "cloudflare:workers";
      export class Greeter extends WorkerEntrypoint {
        /** @param {string} name @param {number} [times] @returns {Promise<string[]>} @int times */
        async greet(name, times = 1) { return Array(times).fill(name); }
        untyped(value) {}
      }`,
  });
  const { java, problems } = await generate();
  assert.match(java["Greeter.java"]!, /List<String> greet\(String name, int times\);/);
  assert.deepEqual(problems, ["6 Greeter.untyped: value is any: write its type, or unknown if it may be anything"]);
});

test("names of Java, of the generated code and of each other are given way to", async (context) => {
  const generate = await worker(context, {
    "src/index.ts": `
      import { WorkerEntrypoint } from "cloudflare:workers";
      import type { Order as Other } from "./other";
      interface Order { id: string }
      interface String { s: string }
      interface List<T> { list: T[] }
      interface Shop { name: string }
      type Tree = { children: Tree[]; parent?: Tree };
      export class ShopService extends WorkerEntrypoint {
        orders(a: Order, b: Other): List<String> { return { list: [] }; }
        shop(shop: Shop, { size }: { size: number }): Tree { return { children: [] }; }
        notify() {}
        toString() { return "not called by RPC"; }
        "a-b"() {}
        aB() {}
      }`,
    "src/other.ts": `export interface Order { other: boolean }`,
  });
  const java = (await generate()).java["ShopService.java"]!;
  for (const line of [
    "  ListOfString orders(Order a, Order2 b);",
    "  Tree shop(Shop shop, ShopOptions options);",
    '  @RpcName("notify")\n  void notify_();',
    '  @RpcName("a-b")\n  void aB();',
    '  @RpcName("aB")\n  void aB2();',
    "  record StringData(String s) {}",
    "  record Order2(boolean other) {}",
  ]) {
    assert.ok(java.includes(`${line}\n`), `${line} in ${java}`);
  }
  assert.ok(!java.includes("toString"));
});

test("a method that can't be called leaves nothing behind that the others would use", async (context) => {
  const generate = await worker(context, {
    "src/index.ts": `
      import { WorkerEntrypoint } from "cloudflare:workers";
      type Card = { kind: "card"; next?: Node };
      type Node = { card: Card; tags: Set<string> };
      type Cash = { kind: "cash" };
      export class Api extends WorkerEntrypoint {
        card(card: Card): void {}
        again(card: Card): void {}
        cash(cash: Cash): void {}
        paid(paid: Cash | { kind: "wire"; of: Map<string, string> }): void {}
        find(id: string): string;
        find(id: number): string;
        find(id: unknown) { return ""; }
      }`,
  });
  const { java, problems } = await generate();
  assert.deepEqual(problems, [
    "4 Api.card: card.next.tags is a Set, which is not data in Cap'n Web: use an array",
    "4 Api.again: card.next.tags is a Set, which is not data in Cap'n Web: use an array",
    "10 Api.paid: paid(wire).of is a Map, which is not data in Cap'n Web: use an object (Record<string, T>) or an array of entries",
    "12 Api.find: has overloads with the same number of arguments, which a Worker can't tell apart: write one of them",
  ]);
  const text = java["Api.java"]!;
  assert.ok(
    text.includes("  void cash(Cash cash);\n\n  String find(String id);\n\n  // Not here: card: card.next"),
    text,
  );
  assert.ok(!/Card|Node|Paid/.test(text), text);
});

test("types of a library and of a schema have the names that the Worker has for them", async (context) => {
  const generate = await worker(context, {
    "src/index.ts": `
      import { WorkerEntrypoint } from "cloudflare:workers";
      const line = { out: null! as { sku: string } };
      const order = { out: null! as { id: string; lines: (typeof line.out)[]; state: "open" | "paid" } };
      import type { Address, Country } from "./library";
      /** Something to buy. */
      type Line = typeof line.out;
      type Order = (typeof order)["out"];
      export class Api extends WorkerEntrypoint {
        place(cart: Line[], to: Address): Promise<Order> { throw new Error(); }
        country(): Country | null { return null; }
      }`,
    "src/library.d.ts": `
      export interface Address { street: string }
      export type Country = { code: string };`,
  });
  const java = (await generate()).java["Api.java"]!;
  assert.ok(java.includes("  Order place(List<Line> cart, Address to);\n\n  @Nullable Country country();\n"), java);
  assert.ok(java.includes("  /** Something to buy. */\n  record Line(String sku) {}\n"), java);
  assert.ok(java.includes("  record Order(String id, List<Line> lines, OrderState state) {}\n"), java);
});

test("what another Worker returned is passed on as data, for all that it can be disposed of", async (context) => {
  const generate = await worker(context, {
    "src/index.ts": `
      import { WorkerEntrypoint } from "cloudflare:workers";
      interface Order { id: string }
      declare const other: { order(): Promise<Order & Disposable>; ids(): Promise<string[] & {}> };
      export class Api extends WorkerEntrypoint {
        order() { return other.order(); }
        async ids() { return await other.ids(); }
      }`,
  });
  const { java, problems } = await generate();
  assert.deepEqual(problems, []);
  assert.match(java["Api.java"]!, /  Order order\(\);\n\n  List<String> ids\(\);/);
});

test("what is not there is said before any file is written", async (context) => {
  const generate = await worker(context, {
    "src/index.ts": `
      import { WorkerEntrypoint } from "cloudflare:workers";
      export class Api extends WorkerEntrypoint { get() {} }
      export class Other {}`,
    "src/none.ts": `export class Other { get() {} }`,
  });
  await assert.rejects(generate({ package: "com.new.acme" }), /"com\.new\.acme" is not a Java package; write one/);
  await assert.rejects(
    generate({ entry: "src/not-there.ts" }),
    /src\/not-there\.ts is not there; give the Worker's main/,
  );
  await assert.rejects(generate({ classes: ["Other"] }), /does not export a class Other to call; it has Api$/);
  await assert.rejects(generate({ tsconfig: "not-there.json" }), /not-there\.json can't be read/);
});

test("a file tells its entry as every machine has it", async (context) => {
  const api = `
    import { WorkerEntrypoint } from "cloudflare:workers";
    export class Api extends WorkerEntrypoint { get() {} }`;
  const path = await folder(context);
  const files = {
    "package.json": "{}",
    "tsconfig.json": TSCONFIG,
    "catalog/wrangler.toml": "",
    "catalog/src/index.ts": api,
    "orders/index.ts": api,
  };
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), text);
  }
  for (const entry of ["catalog/src/index.ts", "orders/index.ts"]) {
    const { files } = await generateRpc({ entry: join(path, entry), package: "com.acme", out: "out" });
    assert.ok(files[0]!.text.startsWith(`// Generated by worker-client-fleet from ${entry}; `), files[0]!.text);
  }
});

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { javac } from "./rpc/javac.ts";
import { folder, worker } from "./rpc/temporary-worker.ts";

/** What the tests need of the runtime's types. */
const RUNTIME = `
  interface ReadableStream<R = any> { cancel(): R }
  interface WritableStream<W = any> { abort(): W }
  interface TransformStream { readable: ReadableStream }
  interface Blob { size: number }
  interface File extends Blob { name: string }
  interface Request { url: string }
  interface Response { status: number }`;

const api = (methods: string, types = "") => ({
  "src/index.ts": `
    import { RpcTarget, WorkerEntrypoint, type RpcStub } from "cloudflare:workers";
    ${types}
    export abstract class Base extends WorkerEntrypoint { none(): RpcStub<() => void> { throw new Error(); } }
    export class Api extends WorkerEntrypoint { ${methods} }`,
  "src/runtime.d.ts": RUNTIME,
});

/** The lines of methods in a file. */
function methods(java: string | undefined): string[] {
  return [...(java ?? "").matchAll(/^ {2}(\w.*\);)$/gm)].map(([, line]) => line!);
}

function messages(problems: readonly string[]): string[] {
  return problems.map((each) => each.replace(/^\d+ Api\./, ""));
}

test("without --session, what needs one is refused, and the reason names the option", async (context) => {
  const generate = await worker(
    context,
    api(
      `read(): ReadableStream { throw 0; }
       write(): WritableStream { throw 0; }
       ask(request: Request): void {}
       answer(): Response { throw 0; }
       blob(blob: Blob): void {}
       watch(listener: (text: string) => void): void {}
       adder(): (n: number) => number { throw 0; }
       notify(listener: { on(text: string): void }): void {}
       stub(listener: RpcStub<() => void>): void {}
       carts(): { cart: Cart } { throw 0; }`,
      "class Cart extends RpcTarget { add(n: number): void {} }",
    ),
  );
  const { java, problems } = await generate();
  assert.equal(problems.length, 10);
  for (const problem of problems) assert.match(problem, / for sessions \(--session\)$/);
  assert.deepEqual(methods(java["Api.java"]), []);
  assert.deepEqual((await generate({ session: true })).problems, []);
});

test("streams are of bytes, and of text where Java reads them", async (context) => {
  const generate = await worker(
    context,
    api(`
      bytes(a: ReadableStream, b: ReadableStream<Uint8Array>, c: WritableStream<any>): WritableStream<Uint8Array> { throw 0; }
      unknown(a: ReadableStream<unknown>): void {}
      text(to: WritableStream<string>): ReadableStream<string | ArrayBuffer> { throw 0; }
      sendsText(from: ReadableStream<string>): void {}
      sendsBuffers(): WritableStream<ArrayBuffer> { throw 0; }
      inData(data: { parts: { from: ReadableStream<string> }[] }): void {}
      objects(given: ReadableStream<number>): ReadableStream<{ id: string }> { throw 0; }
      functions(): ReadableStream<{ all: (() => void)[] }> { throw 0; }
      numbers(to: WritableStream<number>): void {}
      published(parts: ReadableStream<number>[]): void {}
      list(parts: ReadableStream[]): void {}
      inLists(data: { parts: ReadableStream[] }): void {}
      map(): Record<string, WritableStream> { throw 0; }
      varargs(...parts: ReadableStream[]): void {}
      middle(from: ReadableStream | undefined, name: string): void {}
      middleBlob(blob: Blob | undefined, name: string): void {}
      last(name: string, from?: ReadableStream | null): Blob[] { throw 0; }
      file(file: File): void {}
      get blob(): Blob { throw 0; }
      get response(): Response { throw 0; }
      get held(): { all: { from: ReadableStream }[] } { throw 0; }
      transform(): TransformStream { throw 0; }`),
  );
  const { java, problems } = await generate({ session: true });
  assert.deepEqual(methods(java["Api.java"]), [
    "OutputStream bytes(InputStream a, InputStream b, OutputStream c);",
    "void unknown(InputStream a);",
    "InputStream text(OutputStream to);",
    "Flow.Publisher<ObjectsResult> objects(Flow.Publisher<Double> given);",
    "void inLists(InListsData data);",
    "List<RpcBlob> last(String name);",
    "List<RpcBlob> last(String name, @Nullable InputStream from);",
    "RpcBlob blob();",
  ]);
  const chunks = "has chunks that are not a Uint8Array, and Java sends no others: write that";
  const alone =
    "which Java can't have in a list, a map, an Optional or varargs: put it into an object, or give it alone";
  const getter = "holds a stream, which Cap'n Web sends from methods, and not from getters: make it a method";
  const objects = "and an OutputStream takes bytes: use a ReadableStream, the other way round";
  const data = "holds a stream whose chunks hold a stream, a function or a live object: let them be data";
  assert.deepEqual(messages(problems), [
    `sendsText: from ${chunks}`,
    `sendsBuffers: result ${chunks}`,
    `inData: data ${chunks}`,
    `functions: result ${data}`,
    `numbers: to is a WritableStream of number, ${objects}`,
    `published: parts holds a stream, ${alone}`,
    `list: parts holds a stream, ${alone}`,
    `map: result holds a stream, ${alone}`,
    `varargs: parts holds a stream, ${alone}`,
    `middle: from holds a stream, ${alone}`,
    `middleBlob: blob holds a RpcBlob, ${alone}`,
    "file: file is a File, which is not data in Cap'n Web: use an object with its name and bytes",
    `response: result ${getter}`,
    `held: result ${getter}`,
    "transform: result is a TransformStream, which can't be sent: use its readable or its writable",
  ]);
});

test("what Java gives the Worker to call has one method for each, and what it calls is closed", async (context) => {
  const generate = await worker(
    context,
    api(
      `watch(listener: (event: { id: string }, at?: Date, ...more: string[]) => void | Promise<void>): void {}
       named(named: Named | null, other?: Named): void {}
       typed(named: Of<string>, other: Of<bigint>): void {}
       stub(stub: RpcStub<Named>): void {}
       object(watcher: Watcher): Watcher { throw 0; }
       disposable(watcher: Watcher & { [Symbol.dispose](): void }, hears: Hears): void {}
       adder(): Promise<(/** @int */ n: number, times?: number) => number> { throw 0; }
       cart(): RpcStub<Cart> { throw 0; }
       take(cart: Cart, other?: Cart): void {}
       all(...carts: Cart[]): void {}
       /** @int */
       count(): () => number { throw 0; }
       recursive(next: Next): void {}`,
      `interface Hears { heard(): void; [Symbol.dispose](): void }
       interface Watcher { seen(what: string, how?: "well" | "badly"): void; ended?: () => number }
       /** Is told. */
       type Named = (/** What is told. */ text: string) => void;
       type Of<T> = (value: T) => T;
       type Next = (next: Next) => void;
       class Cart extends RpcTarget { close(reason?: string): void {} size(): number { return 1; } }`,
    ),
  );
  const { java, problems } = await generate({ session: true, async: true });
  assert.deepEqual(problems, []);
  const text = java["Api.java"]!;
  for (const lines of [
    "  void watch(WatchListener listener);",
    "  void named(@Nullable Named named, Named other);",
    "  void typed(OfOfString named, OfOfBigint other);",
    "  void stub(Named stub);",
    "  Watcher2 object(Watcher watcher);",
    "  void disposable(Watcher watcher, Hears hears);",
    "  Cart cart();",
    "  void take(Cart cart, Cart other);",
    "  void all(Cart... carts);",
    "    void call(WatchListenerEvent event, @Nullable Instant at, String... more);",
    "    /**\n     * Calls the function.\n     *\n     * @param text What is told.\n     */\n    void call(String text);",
    "  interface Watcher {\n    void seen(String what, @Nullable WatcherSeenHow how);\n\n    double ended();\n  }",
    "  interface Hears extends AutoCloseable {\n    void heard();\n\n    @Override\n    void close();\n  }",
    "    double call(int n, Optional<Double> times);",
    "  interface CountResult extends AutoCloseable {\n    int call();\n\n    @Override\n    default void close() {}\n  }",
    "    void call(Next next);",
    '    @RpcName("close")\n    void close_();',
    '    @RpcName("close")\n    void close_(String reason);',
  ]) {
    assert.ok(text.includes(`${lines}\n`), `${lines} in ${text}`);
  }
  assert.equal(await javac(await folder(context), { "com/acme/Api.java": text }), "");
});

test("with --async, a callback that returns a Promise returns a CompletableFuture", async (context) => {
  const generate = await worker(
    context,
    api(`
      now(callback: (text: string) => string): void {}
      later(callback: (text: string) => Promise<string>): void {}
      either(callback: (text: string) => string | Promise<string>): void {}
      object(object: { later(): Promise<void>; now(): void }): void {}`),
  );
  const { java, problems } = await generate({ session: true, async: true });
  assert.deepEqual(problems, []);
  const text = java["Api.java"]!;
  assert.deepEqual(
    [...text.matchAll(/^ {4}(\S.*);$/gm)].map(([, line]) => line),
    [
      "String call(String text)",
      "CompletableFuture<String> call(String text)",
      "String call(String text)",
      "CompletableFuture<@Nullable Void> later()",
      "void now()",
    ],
  );
  assert.ok(text.includes("CompletableFuture<@Nullable Void> nowAsync(NowCallback callback);"), text);
});

test("functions and objects in data are received, and not sent", async (context) => {
  const generate = await worker(
    context,
    api(
      `job(): { name: string; cancel(): void; done?: () => boolean; carts: Cart[]; cart: RpcStub<Cart> | null } { throw 0; }
       events(listener: (event: { id: string; retry: () => void }) => void): void {}
       cart(listener: (cart: Cart, done: () => void) => void): void {}
       clock(listener: (clock: { now(): Date }) => void): void {}
       send(data: { id: string; cancel: () => void }[]): void {}
       answer(callback: () => { name: string; cart: Cart }): void {}
       list(): Cart[] { throw 0; }
       perhaps(): (() => void) | null { throw 0; }
       either(value: string | (() => void)): void {}
       varargs(...listeners: (() => void)[]): void {}
       middle(listener: (() => void) | undefined, last: string): void {}
       any(callback: Function): void {}
       generic(callback: <T>(value: T) => void): void {}
       broken(callback: (tags: Set<string>) => void): void {}
       instance(listener: Plain): void {}
       nested(): { inner: { on(): void } } { throw 0; }
       mixed(listener: { name: string; on(): void }): void {}`,
      `class Cart extends RpcTarget { size(): number { return 1; } }
       class Plain { on(): void {} }`,
    ),
  );
  const { java, problems } = await generate({ session: true });
  const text = java["Api.java"]!;
  assert.deepEqual(methods(text), [
    "JobResult job();",
    "void events(EventsListener listener);",
    "void cart(CartListener listener);",
  ]);
  assert.ok(/record JobResult\(\s+String name,\s+JobResultCancel cancel,/.test(text), text);
  assert.ok(/@Nullable JobResultDone done,\s+List<Cart> carts,\s+@Nullable Cart cart\) \{\}/.test(text), text);
  assert.ok(text.includes("record EventsListenerEvent(String id, EventsListenerEventRetry retry) {}"), text);
  assert.ok(text.includes("void call(Cart cart, CartListenerDone done);"), text);
  assert.ok(!/Send|Answer|Broken|Mixed/.test(text.replaceAll(/.*Not here.*/g, "")), text);
  const alone =
    "holds a function or a live object, which Java can't have in a list, a map, an Optional or varargs: put it into an object, or give it alone";
  const functions = "is an object of functions, which may arrive as data: let its class extend RpcTarget";
  const inData =
    "holds a function or a live object, which Java can't send inside of data: make it a parameter of its own";
  assert.deepEqual(messages(problems), [
    `clock: listener.clock ${functions}`,
    `send: data ${inData}`,
    `answer: callback.result ${inData}`,
    `list: result ${alone}`,
    "perhaps: result is an object with methods, or something else, which Java can't know before it calls one: throw instead",
    "either: value is an object with methods, or something else, which Java can't know before it calls one: throw instead",
    `varargs: listeners ${alone}`,
    `middle: listener ${alone}`,
    "any: callback is a Function, and Java needs its parameters and its result: write them",
    "generic: is generic, and a Java interface is not: write the types out",
    "broken: callback.tags is a Set, which is not data in Cap'n Web: use an array",
    "instance: listener is an instance of Plain, and those of classes can't be sent: use a plain object, or let the class extend RpcTarget",
    `nested: result.inner ${functions}`,
    `mixed: listener ${inData}`,
  ]);
  assert.equal(await javac(await folder(context), { [join("com", "acme", "Api.java")]: text }), "");
});

test("a class that is exported can be closed if a method returns it, and names of the session's types are given way to", async (context) => {
  const generate = await worker(
    context,
    api(
      `cart(): Cart { throw 0; } send(a: RpcRequest, b: AutoCloseable): void {}`,
      `interface RpcRequest { id: number }
       interface AutoCloseable { id: number }
       export class Cart extends RpcTarget { close(): void {} }
       export class Other extends RpcTarget { size(): number { return 1; } }`,
    ),
  );
  const { java } = await generate({ session: true });
  assert.match(
    java["Cart.java"]!,
    /interface Cart extends AutoCloseable \{\n {2}@RpcName\("close"\)\n {2}void close_\(\);/,
  );
  assert.match(java["Other.java"]!, /interface Other \{/);
  assert.ok(java["Api.java"]!.includes("void send(RpcRequestData a, AutoCloseableData b);"));
  const without = (await generate()).java;
  assert.match(without["Cart.java"]!, /interface Cart \{\n {2}void close\(\);/);
  assert.ok(without["Api.java"]!.includes("void send(RpcRequest a, AutoCloseable b);"));
});

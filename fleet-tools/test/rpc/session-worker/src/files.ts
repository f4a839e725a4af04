import { RpcTarget, type RpcStub } from "capnweb";
import type { Change, DisposableListener, Entry, Job, Listener, Progress, Source } from "./types.js";

/** A file, until it is closed. */
export class File extends RpcTarget {
  #text: string;

  constructor(
    readonly path: string,
    text = "",
  ) {
    super();
    this.#text = text;
  }

  append(text: string): void {
    this.#text += text;
  }

  text(): string {
    return this.#text;
  }

  get blob(): Blob {
    return new Blob([this.#text]);
  }

  get indexOf(): (text: string) => number {
    return (text) => this.#text.indexOf(text);
  }

  get copy(): File {
    return new File(this.path, `copy of ${this.#text}`);
  }

  /** Can't be called from Java: Cap'n Web does not send it. */
  get stream(): ReadableStream<string> {
    return streamOf([this.#text]);
  }

  /** Is the Worker's own, and not that of AutoCloseable. */
  close(reason = "none"): string {
    return `closed: ${reason}`;
  }
}

type Kept = Disposable & ((change: Change) => void);

/** Files, in a session. */
export class Files extends RpcTarget {
  #listener: Kept | undefined;

  // Streams.

  /** Reads a file. @returns its bytes */
  read(path: string): ReadableStream<Uint8Array> {
    return new Blob([`content of ${path}`]).stream();
  }

  /** @returns what changed, the newest last */
  changes(path: string): ReadableStream<Change> {
    return streamOf<Change>([
      { path, kind: "added" },
      { path, kind: "removed" },
    ]);
  }

  async paths(changes: ReadableStream<Change>): Promise<string[]> {
    const paths = [];
    for await (const change of changes) paths.push(change.path);
    return paths;
  }

  lines(count: number): ReadableStream<string> {
    return streamOf(Array.from({ length: count }, (_, i) => `line ${i}\n`));
  }

  /** What was given ends with the call, so it is read. */
  async entry(entry: Entry): Promise<Entry> {
    const content = await new Response(entry.content).blob();
    return { path: `copy of ${entry.path}`, content: content.stream() };
  }

  async write(path: string, content: ReadableStream): Promise<string> {
    return `${path}: ${await new Response(content).text()}`;
  }

  /** The stream may be missing, and null. */
  async maybe(content: ReadableStream | null, name?: string): Promise<ReadableStream | null> {
    const text = content === null ? name : await new Response(content).text();
    return text === undefined ? null : new Response(text).body;
  }

  async copy(from: ReadableStream, to: WritableStream<Uint8Array>): Promise<void> {
    await from.pipeTo(to);
  }

  sink(): WritableStream {
    const { readable, writable } = new TransformStream();
    this.#sunk = new Response(readable).text();
    return writable;
  }

  sunk(): Promise<string> {
    return this.#sunk;
  }

  #sunk = Promise.resolve("");

  async size(source: Source): Promise<number> {
    if (source.from === "text") return source.text.length;
    if (source.from === "blob") return source.blob.size;
    return (await new Response(source.stream).text()).length;
  }

  // Requests, Responses and Blobs.

  async forward(request: Request): Promise<Response> {
    const body = await request.text();
    return new Response(`${request.method} ${body}`, { status: 201, headers: { "x-from": request.url } });
  }

  async blobs(blobs: Blob[]): Promise<Record<string, Blob>> {
    return Object.fromEntries(blobs.map((blob) => [blob.type, blob]));
  }

  async typeOf(blob: Blob, ...more: Blob[]): Promise<string> {
    return [blob, ...more].map((each) => each.type).join();
  }

  // Callbacks.

  /** Tells of a change. @param listener is told */
  async watch(listener: (change: Change) => void): Promise<void> {
    await listener({ path: "a", kind: "added" });
  }

  /** Keeps the listener. */
  keep(listener: RpcStub<(change: Change) => void>): void {
    this.#listener = listener.dup() as unknown as Kept;
  }

  async tell(path: string): Promise<void> {
    await this.#listener?.({ path, kind: "removed" });
    this.#listener?.[Symbol.dispose]();
  }

  async run(steps: number, progress?: Progress): Promise<number> {
    for (let step = 1; step <= steps; step++) {
      const goesOn = step === steps ? await progress?.(step, steps) : await progress?.(step);
      if (goesOn === false) return step;
    }
    return steps;
  }

  async report(listener: Listener, change: Change): Promise<string> {
    await listener.changed(change);
    return await listener.ended("over", 1);
  }

  async find(listener: DisposableListener): Promise<void> {
    await listener.found(new File("found", "text"), "here");
    await listener.found(new File("other"));
  }

  /** The callback gets a function, and returns one. */
  async exchange(callback: (ask: (question: string) => string) => (answer: string) => string): Promise<string> {
    const check = await callback((question) => `${question}?`);
    return await check("42");
  }

  // Functions and objects of the Worker.

  adder(by: number) {
    return (value: number, times?: number) => value + by * (times ?? 1);
  }

  open(path: string): File {
    return new File(path);
  }

  /** Gets stubs, whose methods are asynchronous. */
  async isCopy(a: File, b: File | null): Promise<boolean> {
    return b !== null && (await a.text()) === (await b.text());
  }

  job(name: string): Job {
    let cancelled = 0;
    return {
      name,
      done: () => cancelled,
      cancel: (reason) => void (cancelled = reason.length),
      result: new File(name, "done"),
    };
  }

  /** An object of functions is called like one of a class. */
  clock(): { now(): Date; zone: () => string } {
    return { now: () => new Date(0), zone: () => "UTC" };
  }

  // What follows can't be called from Java.

  listeners(): ReadableStream<() => void> {
    return new ReadableStream();
  }

  parts(): ReadableStream[] {
    return [];
  }

  upload(text: ReadableStream<string>): void {
    void text.cancel();
  }

  every(...listeners: Listener[]): number {
    return listeners.length;
  }

  options(options: { path: string; progress: Progress }): string {
    return options.path;
  }

  perhaps(path: string): File | null {
    return path === "" ? null : new File(path);
  }

  overloaded(callback: { (text: string): void; (text: string, count: number): void }): void {
    callback("a");
  }

  unreadable(callback: (tags: Set<string>) => void): void {
    callback(new Set());
  }

  nested(): { clock: { now(): Date } } {
    return { clock: { now: () => new Date(0) } };
  }

  pipe(): TransformStream {
    return new TransformStream();
  }
}

function streamOf<T>(chunks: T[]): ReadableStream<T> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
}

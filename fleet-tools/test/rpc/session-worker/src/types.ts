import type { File } from "./files.js";

/** What happened to a file. */
export interface Change {
  path: string;
  kind: "added" | "removed";
}

/** Is told of changes. */
export interface Listener {
  /** Called for each change. */
  changed(change: Change): void | Promise<void>;
  /** @int count */
  ended: (reason: string, count: number) => Promise<string>;
}

/** A listener that hears when nobody needs it any more. */
export interface DisposableListener extends Disposable {
  /** Where it comes from; not all files have one. */
  found(file: File, origin?: string): void;
}

/** Says how much was done, and whether to go on. */
export type Progress = (done: number, total?: number) => boolean | Promise<boolean>;

/** A file with what it holds. */
export interface Entry {
  path: string;
  content: ReadableStream<Uint8Array>;
}

export type Source =
  { from: "text"; text: string } | { from: "stream"; stream: ReadableStream } | { from: "blob"; blob: Blob };

/** A job that runs at the Worker. */
export interface Job {
  name: string;
  /** Returns how far it is. @int */
  done(): number;
  /** Stops it. */
  cancel?: (reason: string) => void;
  result: File;
}

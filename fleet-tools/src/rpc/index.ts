import { join } from "node:path";
import type ts from "typescript";
import { exportedClasses, type RpcClass } from "./classes.ts";
import { emit } from "./emit.ts";
import { TargetReader, type Problem as Found } from "./targets.ts";
import { nameOfEntry, nameOfWorker } from "./entry-name.ts";
import { isPackage } from "./names.ts";
import { place } from "./place.ts";
import { load } from "./program.ts";
import { TypeMapper } from "./types.ts";

export { differences, write } from "./disk.ts";

export interface RpcOptions {
  /** The Worker's main module, as `src/index.ts`. */
  readonly entry: string;
  /** The Java package of what is written. */
  readonly package: string;
  /** The folder of Java's sources, in which the package's folders are. */
  readonly out: string;
  /** Default: the tsconfig.json at or above the entry. */
  readonly tsconfig?: string;
  /** The exported classes to write. Default: all that can be called. */
  readonly classes?: readonly string[];
  /** Whether each method has a second one that returns a CompletableFuture. Default: no. */
  readonly async?: boolean;
  /** Whether methods that a session alone can carry are written too: streams, callbacks and functions. Default: no. */
  readonly session?: boolean;
}

export interface JavaText {
  /** `out`, and the package's folders in it. */
  readonly path: string;
  readonly text: string;
}

export interface Problem {
  readonly file: string;
  readonly line: number;
  /** Class and method, and why Java can't call it. */
  readonly message: string;
}

export interface RpcResult {
  readonly files: JavaText[];
  readonly problems: Problem[];
  /** Whether these are all the classes of the entry. */
  readonly complete: boolean;
}

/**
 * Makes Java interfaces of the classes that a Worker exports to be called: those that extend WorkerEntrypoint,
 * DurableObject or RpcTarget. Writes nothing. The same source gives the same text on any machine.
 *
 * A method that Java can't call is a problem and is skipped; the others stand.
 *
 * @throws if the entry can't be read, exports no such class, or the package is not one
 */
export async function generateRpc(options: RpcOptions): Promise<RpcResult> {
  if (!isPackage(options.package)) {
    throw new Error(`"${options.package}" is not a Java package; write one, as com.acme.orders`);
  }
  const source = load(options.entry, options.tsconfig);
  const classes = chosen(exportedClasses(source, nameOfWorker(options.entry)), options);
  const reader = new TargetReader(new TypeMapper(source), options);
  const all = classes.map(({ type, name }) => reader.main(type, name));
  reader.readAll();
  const asked = options.classes !== undefined;
  const mains = all.filter((target) => asked || target.methods.length > 0 || target.missing.length > 0);
  if (mains.length === 0)
    throw new Error(`${options.entry} does not export a class with methods to call; add some to ${names(classes)}`);
  const folder = join(options.out, ...options.package.split("."));
  const entry = nameOfEntry(options.entry);
  const files = place(mains, options.session === true).map((file) => ({
    path: join(folder, `${file.type.name}.java`),
    text: emit(file, options.package, entry),
  }));
  return { files, problems: reader.problems.map((each) => problem(each, source.entry)), complete: !asked };
}

function chosen(found: readonly RpcClass[], { entry, classes }: RpcOptions): readonly RpcClass[] {
  if (found.length === 0) {
    throw new Error(
      `${entry} does not export a class that extends WorkerEntrypoint, DurableObject or RpcTarget, so nothing can be called by RPC`,
    );
  }
  for (const name of classes ?? []) {
    if (!found.some((each) => isNamed(each, name))) {
      throw new Error(`${entry} does not export a class ${name} to call; it has ${names(found)}`);
    }
  }
  return classes === undefined ? found : found.filter((each) => classes.some((name) => isNamed(each, name)));
}

function isNamed(each: RpcClass, name: string): boolean {
  return each.name === name || each.exported.includes(name);
}

function names(classes: readonly RpcClass[]): string {
  return classes.map(({ name }) => name).join(", ");
}

function problem({ node, message }: Found, entry: ts.SourceFile): Problem {
  const file = node?.getSourceFile() ?? entry;
  const position = file.getLineAndCharacterOfPosition(node?.getStart(file) ?? 0);
  return { file: file.fileName, line: position.line + 1, message };
}

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, resolve, sep } from "node:path";
import { build, type Plugin } from "esbuild";
import ts from "typescript";
import { BundleReader } from "./bundle-reader.ts";

/**
 * What an export of a main module is. `class` is one whose base is not known, such as that of a package; `handlers` is an
 * object; `value` is what a call or a package made, and may be anything.
 */
export type ExportKind = "entrypoint" | "durable-object" | "workflow" | "rpc-target" | "class" | "handlers" | "value";

/** One export of a main module. */
export interface ModuleExport {
  readonly name: string;
  readonly kind: ExportKind;
  /** The names of a class's methods, inherited ones included, or of an object's members. */
  readonly members: readonly string[];
  /** Of a class: what may be called by RPC. */
  readonly methods?: Methods;
}

/** Methods by name; with `returns`, one returns an object that has methods. The form is that of the proxy's BINDINGS. */
export interface Methods {
  readonly [name: string]: { readonly returns?: Methods };
}

/** What may be called by RPC, if there is anything. */
export function callableOf({ methods }: ModuleExport): Methods | undefined {
  return methods !== undefined && Object.keys(methods).length > 0 ? methods : undefined;
}

/** What a main module exports. */
export interface ModuleExports {
  readonly exports: readonly ModuleExport[];
  /** Whether there may be more: `export *` from a package, or a file that could not be read. */
  readonly open: boolean;
  /** Whether it is in the old format, `addEventListener("fetch", …)`, which exports nothing. */
  readonly serviceWorker: boolean;
  /** The fleet's own source files of the module, absolute. */
  readonly sources: readonly string[];
}

const SCRIPT = /\.([cm]?[jt]sx?)$/;
const known = new Map<string, Promise<ModuleExports | undefined>>();

/**
 * Lists what a main module exports, or undefined if it isn't there yet (a build's output) or no JavaScript. The module is
 * bundled without its packages, so that re-exports and base classes of other files count; nothing of it runs.
 */
export function exportsOf(main: string, alias: Record<string, string> = {}): Promise<ModuleExports | undefined> {
  const key = JSON.stringify([main, alias]);
  const exports = known.get(key) ?? readExports(main, alias);
  known.set(key, exports);
  return exports;
}

async function readExports(main: string, alias: Record<string, string>): Promise<ModuleExports | undefined> {
  if (!existsSync(main) || !SCRIPT.test(main)) return undefined;
  const folder = dirname(main);
  const unresolved: string[] = [];
  const result = await build({
    entryPoints: [main],
    absWorkingDir: folder,
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    target: "esnext",
    platform: "neutral",
    mainFields: ["module", "main"],
    conditions: ["workerd", "worker", "browser"],
    alias,
    outfile: "out.js",
    logLevel: "silent",
    plugins: [ownSourcesAlone(unresolved)],
  }).catch(() => undefined);
  if (result === undefined) return { exports: [], open: true, serviceWorker: false, sources: [main] };

  const sources = Object.keys(result.metafile.inputs)
    .filter((name) => SCRIPT.test(name) && !name.includes(":"))
    .map((name) => resolve(folder, name));
  const bundle = ts.createSourceFile("out.js", result.outputFiles[0]!.text, ts.ScriptTarget.Latest, true);
  const names = Object.values(result.metafile.outputs)[0]!.exports;
  const read = new BundleReader(bundle, await hiddenMethods(sources));
  return {
    exports: names.map((name) => read.exported(name)),
    open: unresolved.length > 0 || read.reexportsAll,
    serviceWorker: names.length === 0 && /\baddEventListener\(\s*["']fetch["']/.test(bundle.text),
    sources,
  };
}

/**
 * The methods that TypeScript hides, as `Account.secret`: esbuild leaves `private` and `protected` out, and at run time
 * such a method can be called.
 */
async function hiddenMethods(sources: readonly string[]): Promise<ReadonlySet<string>> {
  const hidden = new Set<string>();
  for (const file of sources) {
    const text = await readFile(file, "utf8");
    if (!/\b(private|protected)\b/.test(text)) continue;
    const visit = (node: ts.Node): void => {
      if (ts.isClassLike(node)) {
        for (const member of node.members) {
          const modifiers = ts.canHaveModifiers(member) ? (ts.getModifiers(member) ?? []) : [];
          const hides = modifiers.some(
            ({ kind }) => kind === ts.SyntaxKind.PrivateKeyword || kind === ts.SyntaxKind.ProtectedKeyword,
          );
          if (hides && member.name !== undefined) hidden.add(`${node.name?.text}.${member.name.getText()}`);
        }
      }
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  }
  return hidden;
}

/** Leaves packages and what isn't JavaScript out of the bundle; a workspace's own packages and aliases are in it. */
function ownSourcesAlone(unresolved: string[]): Plugin {
  const seen = Symbol();
  return {
    name: "own-sources-alone",
    setup(builder) {
      builder.onResolve({ filter: /.*/ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
        if (kind === "entry-point" || pluginData === seen) return undefined;
        if (/^[a-z]+:/.test(path)) return { path, external: true };
        const found = await builder.resolve(path, { kind, importer, resolveDir, pluginData: seen });
        if (found.errors.length === 0 && SCRIPT.test(found.path) && !found.path.includes(`${sep}node_modules${sep}`))
          return found;
        if (found.errors.length > 0 && path.startsWith(".")) unresolved.push(path);
        return { path, external: true };
      });
    },
  };
}

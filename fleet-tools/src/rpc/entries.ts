import { statSync } from "node:fs";
import { callableOf } from "../exports.ts";
import { readFleet } from "../fleet.ts";
import { isPackage } from "./names.ts";

/** A main module, and the Java package of its interfaces. */
export interface Entry {
  readonly entry: string;
  readonly package: string;
}

/**
 * The main modules that the arguments of `fleet rpc` stand for: a file is one itself, a folder those of its Workers that export
 * something to call. The interfaces of a folder's Workers are in a package each, named after the Worker.
 */
export async function entriesOf(paths: readonly string[], javaPackage: string): Promise<Entry[]> {
  const entries = paths.map(async (path): Promise<Entry[]> => {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined)
      throw new Error(`${path} does not exist: give a Worker's main module, or a folder of Workers`);
    return found.isFile() ? [{ entry: path, package: javaPackage }] : ofFolder(path, javaPackage);
  });
  return (await Promise.all(entries)).flat();
}

async function ofFolder(path: string, javaPackage: string): Promise<Entry[]> {
  const found = new Map<string, Entry>();
  for (const { config, exports, worker } of (await readFleet([path])).deployments) {
    const callable = exports?.exports.some((each) => callableOf(each) !== undefined);
    if (config.main === undefined || !callable || !/\.[cm]?tsx?$/.test(config.main)) continue;
    const name = packageName(config.topLevelName ?? worker);
    if (!found.has(config.main)) found.set(config.main, { entry: config.main, package: `${javaPackage}.${name}` });
  }
  if (found.size === 0) throw new Error(`no Worker in ${path} exports a class in TypeScript with methods to call`);
  return [...found.values()];
}

/** `orders-api` → `ordersapi`; `worker` goes before what Java does not take: `new`, `2fa`. */
function packageName(worker: string): string {
  const name = worker.toLowerCase().replace(/[^a-z0-9]/g, "");
  return isPackage(name) ? name : `worker${name}`;
}

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A wrangler and the Node that runs it. */
export interface Lane {
  readonly name: string;
  readonly node: string;
  readonly wrangler: string;
}

const OLDEST = "test/runtimes/node_modules/wrangler/bin/wrangler.js";
const NEWEST = "node_modules/wrangler/bin/wrangler.js";

/** The versions of Node that are supported, each with the wrangler that is tested on it. */
export const lanes: readonly Lane[] = [lane(20, OLDEST), lane(22, NEWEST), lane(24, NEWEST)].filter(isInstalled);

function lane(version: number, wrangler: string): Lane {
  const node = pathOf(`test/runtimes/node_modules/node-${version}/bin/node`);
  return { name: `Node ${version}`, node, wrangler: pathOf(wrangler) };
}

function pathOf(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}

/** The Node packages are for linux x64 alone. */
function isInstalled({ name, node, wrangler }: Lane): boolean {
  if (existsSync(node) && existsSync(wrangler)) return true;
  const missing = `${name} with its wrangler is not installed: run npm ci in binding-proxy and in test/runtimes.`;
  if (process.env["CI"] === "true") throw new Error(missing);
  console.error(`NOT TESTED: ${missing}`);
  return false;
}

import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

export interface Runtime {
  readonly name: string;
  readonly binary: string;
}

const require = createRequire(import.meta.url);

/** The workerd that wrangler brings, and the newest one, which is packaged for linux x64 alone. */
export const runtimes: readonly Runtime[] = [wranglers(), ...newest()];

function wranglers(): Runtime {
  const { default: binary, version } = require("workerd") as { default: string; version: string };
  return { name: `workerd ${version}`, binary };
}

function newest(): readonly Runtime[] {
  const root = new URL("../../node_modules/workerd-newest/", import.meta.url);
  const binary = fileURLToPath(new URL("bin/workerd", root));
  if (existsSync(binary)) {
    const { version } = require(fileURLToPath(new URL("package.json", root))) as { version: string };
    return [{ name: `workerd ${version}`, binary }];
  }
  if (process.env["CI"] === "true") throw new Error("The newest workerd is not installed: run npm ci.");
  console.error("NOT TESTED on the newest workerd: its package is not installed here.");
  return [];
}

import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

export interface Runtime {
  readonly name: string;
  readonly binary: string;
}

const root = new URL("../../", import.meta.url);

/** The oldest workerd that is tested, which wrangler 4.86 brings, and the newest. */
export const runtimes: readonly Runtime[] = [
  ...installedIn("test/runtimes/", "npm ci --prefix test/runtimes"),
  ...installedIn("", "npm ci"),
];

function installedIn(folder: string, install: string): readonly Runtime[] {
  const module = new URL(`${folder}node_modules/workerd/`, root);
  if (existsSync(module)) {
    const require = createRequire(module);
    const { default: binary, version } = require(fileURLToPath(module)) as { default: string; version: string };
    return [{ name: `workerd ${version}`, binary }];
  }
  const missing = `workerd is not installed in binding-proxy/${folder}: run ${install} in binding-proxy.`;
  if (process.env["CI"] === "true") throw new Error(missing);
  console.error(`NOT TESTED on one runtime: ${missing}`);
  return [];
}

import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { environmentsOf, type Fleet } from "../fleet.ts";
import { proxyConfig } from "./config.ts";
import { lentBy } from "./lent.ts";

/** What `fleet proxy` is told. */
export interface ProxyOptions {
  /** The folder to write. */
  readonly out: string;
  /** The proxy's name as a Worker. */
  readonly name: string;
  /** The proxy's custom domain by environment; that of the top level has the key "". */
  readonly domains: Readonly<Record<string, string>>;
  /** Whether files that are there and differ are replaced. */
  readonly force: boolean;
}

/**
 * Writes a project that deploys the binding proxy for the fleet: its configuration with all environments, the proxy's
 * bundle, and a package.json. Returns the paths of the files.
 *
 * @throws Error if a file is there already and differs, unless `force`; nothing is written then
 */
export async function writeProxy(fleet: Fleet, options: ProxyOptions): Promise<string[]> {
  const environments = [undefined, ...environmentsOf(fleet)].map((name) => {
    const domain = options.domains[name ?? ""];
    return {
      ...(name === undefined ? {} : { name }),
      lent: lentBy(fleet, name),
      ...(domain === undefined ? {} : { domain }),
    };
  });
  if (environments.every(({ lent }) => lent.length === 0)) {
    throw new Error(
      "there is nothing to lend: no Worker of these folders has a fetch handler, an entrypoint or a class",
    );
  }
  const files: Record<string, string> = {
    "wrangler.jsonc": proxyConfig(options.name, environments),
    "binding-proxy.js": await bundle(),
    "package.json": PACKAGE(options.name),
    ".gitignore": "node_modules/\n.wrangler/\n.dev.vars\n",
  };
  const paths = Object.keys(files).map((file) => join(resolve(options.out), file));
  for (const [index, text] of Object.values(files).entries()) {
    const path = paths[index]!;
    if (!options.force && existsSync(path) && (await readFile(path, "utf8")) !== text) {
      throw new Error(`${path} is there and differs: compare it, or write --force to replace it`);
    }
  }
  await mkdir(options.out, { recursive: true });
  await Promise.all(Object.values(files).map((text, index) => writeFile(paths[index]!, text)));
  return paths;
}

const PACKAGE = (name: string): string =>
  `${JSON.stringify(
    {
      name,
      private: true,
      scripts: { dev: "wrangler dev --local", deploy: "wrangler deploy" },
      devDependencies: { wrangler: "4.164.0" },
    },
    null,
    2,
  )}\n`;

/** The bundle of the binding proxy: beside this program, or as the proxy's own build left it in the repository. */
async function bundle(): Promise<string> {
  for (const place of ["./binding-proxy.js", "../../../binding-proxy/dist/binding-proxy.js"]) {
    const file = new URL(place, import.meta.url);
    if (existsSync(file)) return readFile(file, "utf8");
  }
  throw new Error("the binding proxy's bundle is missing: run npm ci and npm run build in binding-proxy");
}

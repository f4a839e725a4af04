import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { environmentsOf, type Fleet } from "../fleet.ts";
import { writeFiles } from "../write-files.ts";
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
      "there is nothing to expose: no Worker in these folders has a fetch handler, an entrypoint or a class",
    );
  }
  const out = resolve(options.out);
  const files = {
    [join(out, "wrangler.jsonc")]: proxyConfig(options.name, environments),
    [join(out, "binding-proxy.js")]: await bundle(),
    [join(out, "package.json")]: PACKAGE(options.name),
    [join(out, ".gitignore")]: "node_modules/\n.wrangler/\n.dev.vars\n",
  };
  await writeFiles(files, options.force);
  return Object.keys(files);
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

import { relative } from "node:path";
import { Command } from "commander";
import { inKnownEnvironment, readFleet, type Fleet } from "../fleet.ts";
import { writeProxy } from "./index.ts";

/** Makes `fleet proxy`. */
export function proxyCommand(): Command {
  return new Command("proxy")
    .description("writes a project that deploys the binding proxy for the fleet, with all its environments")
    .argument("<dir...>", "folders with wrangler configurations, or the files")
    .requiredOption("--out <folder>", "the folder to write")
    .option("--name <name>", "the proxy's name as a Worker", "binding-proxy")
    .option(
      "--domain <host...>",
      "the proxy's custom domain; for an environment as staging=workers-proxy.staging.example.com",
    )
    .option("--force", "replace files that are there and differ", false)
    .action(async (dirs: string[], options: { out: string; name: string; domain?: string[]; force: boolean }) => {
      const fleet = await readFleet(dirs);
      const files = await writeProxy(fleet, { ...options, domains: domainsOf(fleet, options.domain ?? []) });
      process.stdout.write(`${files.map((file) => relative(process.cwd(), file)).join("\n")}\n`);
    });
}

/** `HOST` is that of the top level, `ENV=HOST` that of an environment. */
function domainsOf(fleet: Fleet, hosts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    hosts.map((host): [string, string] => {
      const [first, second] = host.split("=");
      if (second !== undefined) inKnownEnvironment(fleet, first);
      const domain = second ?? first!;
      if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(domain))
        throw new Error(`--domain ${host}: write a host such as workers-proxy.example.com`);
      return [second === undefined ? "" : first!, domain];
    }),
  );
}

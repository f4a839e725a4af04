#!/usr/bin/env node
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { relative } from "node:path";
import { Command } from "commander";
import { clientConfig, type ClientEnvironment } from "./client/index.ts";
import { check } from "./check/index.ts";
import { checkFolders, type CheckOptions } from "./check/command.ts";
import { environmentsOf, inEnvironment, readFleet, type Fleet, type Deployment } from "./fleet.ts";
import { mapAsHtml } from "./map/html.ts";
import { mapAsMermaid } from "./map/mermaid.ts";
import { mapOf } from "./map/model.ts";
import { mapAsText } from "./map/text.ts";
import { writeProxy } from "./proxy/index.ts";
import { rpcCommand } from "./rpc/command.ts";

const program = new Command("fleet")
  .description(
    "Reads the wrangler configurations below the folders: who binds whom, what is wrong, and what a JVM needs to call them.",
  )
  .showHelpAfterError("(add --help for the options)")
  // Of commander's own: 0 for --help, else bad usage.
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2));

program
  .command("map")
  .description("shows each Worker, what it exports, and who binds it")
  .argument("<dir...>", "folders with wrangler configurations, or the files")
  .option("--env <name>", "the Workers as that environment deploys them")
  .option("--format <format>", "text, json, mermaid or html", "text")
  .action(async (dirs: string[], options: { env?: string; format: string }) => {
    const fleet = await readFleet(dirs);
    const write: Record<string, () => string> = {
      text: () => mapAsText(mapOf(fleet, chosen(fleet, options.env))),
      json: () => `${JSON.stringify(mapOf(fleet, chosen(fleet, options.env)), null, 2)}\n`,
      mermaid: () => mapAsMermaid(mapOf(fleet, chosen(fleet, options.env))),
      html: () => {
        const names = options.env === undefined ? [undefined, ...environmentsOf(fleet)] : [options.env];
        const environments = names.map((name) => ({
          ...(name === undefined ? {} : { name }),
          workers: mapOf(fleet, chosen(fleet, name)),
        }));
        return mapAsHtml(environments, check(fleet), process.cwd());
      },
    };
    if (!Object.hasOwn(write, options.format))
      throw new Error(`--format ${options.format}: write ${Object.keys(write).join(", ")}`);
    process.stdout.write(write[options.format]!());
  });

program
  .command("check")
  .description("lists what is wrong: with file and line, cause, fix and evidence")
  .argument("<dir...>", "folders with wrangler configurations, or the files")
  .option("--format <format>", "text, json or sarif", "text")
  .option("--fail-on <severity>", "exit with 1 from this severity on: error, warning or note", "error")
  .option("--disable <rule>", "leave a rule out; may be given several times", (id, ids: string[]) => [...ids, id], [])
  .option("--fix", "take out of the configurations what has no effect")
  .action(async (dirs: string[], options: CheckOptions) => {
    const result = await checkFolders(dirs, options, process.stdout.isTTY && !process.env["NO_COLOR"]);
    process.stderr.write(result.log);
    process.stdout.write(result.output);
    process.exitCode = result.exitCode;
  });

program
  .command("proxy")
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

program.addCommand(rpcCommand());

program
  .command("client")
  .description("writes workers.yaml: what a JVM needs to call the fleet, for WorkerClient.fromConfig and Spring Boot")
  .argument("<dir...>", "folders with wrangler configurations, or the files")
  .option("--env <name>", "an environment of the fleet; write it again for each", collected, [])
  .option(
    "--top-level <name>",
    "what the client calls the top level; without it, and without --env, there is one environment",
  )
  .option(
    "--proxy-url <url>",
    "the binding proxy's address, if no Worker of the folders has it; for an environment as staging=https://…",
    collected,
    [],
  )
  .option("--out <file>", "the file to write", "workers.yaml")
  .option("--force", "replace a file that is there and differs", false)
  .action(
    async (dirs: string[], options: Parameters<typeof clientEnvironments>[1] & { out: string; force: boolean }) => {
      const fleet = await readFleet(dirs);
      const text = clientConfig(fleet, clientEnvironments(fleet, options));
      if (!options.force && existsSync(options.out) && (await readFile(options.out, "utf8")) !== text) {
        throw new Error(`${options.out} is there and differs: compare it, or write --force to replace it`);
      }
      await writeFile(options.out, text);
      process.stdout.write(`${options.out}\n`);
    },
  );

/** The environments of a client: the top level under the name that the client gives it, then those of `--env`. */
function clientEnvironments(
  fleet: Fleet,
  { env, topLevel, proxyUrl }: { env: string[]; topLevel?: string; proxyUrl: string[] },
): ClientEnvironment[] {
  env.forEach((name) => chosen(fleet, name));
  if (env.includes(topLevel!))
    throw new Error(`--top-level ${topLevel}: an environment has that name; write another one`);
  const names = topLevel === undefined ? env : [topLevel, ...env];
  const urls = new Map<string | undefined, string>();
  for (const each of proxyUrl) {
    const [, name, url] = /^(?:([^=:/]+)=)?(https?:.+)$/.exec(each) ?? [];
    if (url === undefined) throw new Error(`--proxy-url ${each}: write https://… or staging=https://…`);
    const of = name ?? (names.length > 1 ? "" : names[0]);
    if (of !== names[0] && !names.includes(of!)) {
      throw new Error(
        `--proxy-url ${each}: write whose it is, as ${names.map((known) => `${known}=https://…`).join(" or ")}`,
      );
    }
    urls.set(of, url);
  }
  return (names.length === 0 ? [undefined] : names).map((name) => ({
    ...(name === undefined ? {} : { name }),
    ...(name === undefined || name === topLevel ? {} : { environment: name }),
    ...(urls.has(name) ? { proxyUrl: urls.get(name)! } : {}),
  }));
}

function collected(value: string, before: string[]): string[] {
  return [...before, value];
}

/** `HOST` is that of the top level, `ENV=HOST` that of an environment. */
function domainsOf(fleet: Fleet, hosts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    hosts.map((host): [string, string] => {
      const [first, second] = host.split("=");
      if (second !== undefined) chosen(fleet, first);
      const domain = second ?? first!;
      if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(domain))
        throw new Error(`--domain ${host}: write a host such as workers-proxy.example.com`);
      return [second === undefined ? "" : first!, domain];
    }),
  );
}

function chosen(fleet: Fleet, environment: string | undefined): Deployment[] {
  const known = environmentsOf(fleet);
  if (environment !== undefined && !known.includes(environment)) {
    throw new Error(
      `--env ${environment}: no configuration has it. Write one of: ${known.join(", ") || "(there are none)"}`,
    );
  }
  return inEnvironment(fleet, environment);
}

await program.parseAsync().catch((failure: Error) => {
  console.error(`fleet: ${failure.message}`);
  process.exitCode = 2;
});

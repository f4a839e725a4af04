import { Command } from "commander";
import { inKnownEnvironment, readFleet, type Fleet } from "../fleet.ts";
import { writeFiles } from "../write-files.ts";
import { clientConfig, type ClientEnvironment } from "./index.ts";

/** Makes `fleet client`. */
export function clientCommand(): Command {
  return new Command("client")
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
        await writeFiles({ [options.out]: text }, options.force);
        process.stdout.write(`${options.out}\n`);
      },
    );
}

/**
 * The environments of a client: the top level under the name that the client gives it, then those of `--env`.
 *
 * @throws Error if an option names what is not there
 */
export function clientEnvironments(
  fleet: Fleet,
  { env, topLevel, proxyUrl }: { env: string[]; topLevel?: string; proxyUrl: string[] },
): ClientEnvironment[] {
  env.forEach((name) => inKnownEnvironment(fleet, name));
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

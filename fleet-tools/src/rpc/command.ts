import { relative } from "node:path";
import { Command } from "commander";
import { entriesOf } from "./entries.ts";
import { differences, generateRpc, write, type RpcOptions } from "./index.ts";

interface Options extends Omit<RpcOptions, "entry" | "classes"> {
  readonly class?: string[];
  readonly check: boolean;
  readonly skipUnsupported: boolean;
}

/** Makes `fleet rpc`. */
export function rpcCommand(): Command {
  return new Command("rpc")
    .description("writes Java interfaces and records of the classes that a Worker in TypeScript exports for RPC")
    .argument("<entry...>", "Workers' main modules, such as src/index.ts, or folders of Workers")
    .requiredOption("--package <name>", "the Java package; of a folder, each Worker has one below it")
    .requiredOption("--out <folder>", "the folder of Java sources to write to, as target/generated-sources/rpc")
    .option("--class <name...>", "the exported classes; all that can be called if not given")
    .option("--tsconfig <file>", "the Worker's tsconfig.json; that at or above the entry if not given")
    .option("--async", "a method that returns a CompletableFuture beside each", false)
    .option("--session", "also methods that only an RPC session can carry: with streams, callbacks or functions", false)
    .option("--skip-unsupported", "exit with 0 although there are methods that Java can't call", false)
    .option("--check", "write nothing; exit with 1 if the files on disk are not those of the Worker", false)
    .action(run);
}

async function run(paths: string[], { class: classes, check, skipUnsupported, ...options }: Options): Promise<void> {
  for (const { entry, package: javaPackage } of await entriesOf(paths, options.package)) {
    const result = await generateRpc({
      ...options,
      entry,
      package: javaPackage,
      ...(classes === undefined ? {} : { classes }),
    });
    const changed = check ? await differences(result) : await write(result);
    for (const path of changed) console.log(check ? `${shown(path)} is not what ${shown(entry)} gives` : shown(path));
    for (const { file, line, message } of result.problems) console.error(`${shown(file)}:${line}: ${message}`);
    if ((check && changed.length > 0) || (result.problems.length > 0 && !skipUnsupported)) process.exitCode = 1;
  }
}

function shown(path: string): string {
  return relative(process.cwd(), path);
}

import { Command } from "commander";
import { check } from "../check/index.ts";
import { environmentsOf, inKnownEnvironment, readFleet } from "../fleet.ts";
import { mapAsHtml } from "./html.ts";
import { mapAsMermaid } from "./mermaid.ts";
import { mapOf } from "./model.ts";
import { mapAsText } from "./text.ts";

/** Makes `fleet map`. */
export function mapCommand(): Command {
  return new Command("map")
    .description("shows each Worker, what it exports, and who binds it")
    .argument("<dir...>", "folders with wrangler configurations, or the files")
    .option("--env <name>", "the Workers as that environment deploys them")
    .option("--format <format>", "text, json, mermaid or html", "text")
    .action(async (dirs: string[], options: { env?: string; format: string }) => {
      const fleet = await readFleet(dirs);
      const write: Record<string, () => string> = {
        text: () => mapAsText(mapOf(fleet, inKnownEnvironment(fleet, options.env))),
        json: () => `${JSON.stringify(mapOf(fleet, inKnownEnvironment(fleet, options.env)), null, 2)}\n`,
        mermaid: () => mapAsMermaid(mapOf(fleet, inKnownEnvironment(fleet, options.env))),
        html: () => {
          const names = options.env === undefined ? [undefined, ...environmentsOf(fleet)] : [options.env];
          const environments = names.map((name) => ({
            ...(name === undefined ? {} : { name }),
            workers: mapOf(fleet, inKnownEnvironment(fleet, name)),
          }));
          return mapAsHtml(environments, check(fleet), process.cwd());
        },
      };
      if (!Object.hasOwn(write, options.format))
        throw new Error(`--format ${options.format}: write ${Object.keys(write).join(", ")}`);
      process.stdout.write(write[options.format]!());
    });
}

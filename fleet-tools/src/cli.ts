#!/usr/bin/env node
import { Command } from "commander";
import { checkCommand } from "./check/command.ts";
import { clientCommand } from "./client/command.ts";
import { mapCommand } from "./map/command.ts";
import { proxyCommand } from "./proxy/command.ts";
import { rpcCommand } from "./rpc/command.ts";

if (Number(process.versions.node.split(".")[0]) < 22) {
  console.error(`fleet: this is Node ${process.versions.node}, and fleet needs 22 or newer`);
  process.exit(2);
}

const program = new Command("fleet")
  .description(
    "Reads the wrangler configurations below the folders: who binds whom, what is wrong, and what a JVM needs to call them.",
  )
  .addCommand(mapCommand())
  .addCommand(checkCommand())
  .addCommand(proxyCommand())
  .addCommand(clientCommand())
  .addCommand(rpcCommand());
for (const command of [program, ...program.commands]) {
  command.showHelpAfterError("(add --help for the options)");
  // Of commander's own: 0 for --help, else bad usage.
  command.exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2));
}

await program.parseAsync().catch((failure: Error) => {
  console.error(`fleet: ${failure.message}`);
  process.exitCode = 2;
});

import { Command } from "commander";
import { readFleet } from "../fleet.ts";
import type { Reported, Rule, Severity } from "./finding.ts";
import { fixFiles } from "./fix.ts";
import { check, RULES } from "./index.ts";
import { findingsAsJson } from "./json.ts";
import { findingsAsSarif } from "./sarif.ts";
import { findingsAsText } from "./text.ts";

/** The options of `fleet check`, as they are written. */
export interface CheckOptions {
  readonly format: string;
  readonly failOn: string;
  readonly disable: readonly string[];
  readonly fix?: boolean;
}

/** What `fleet check` prints, and the status that it exits with. */
export interface CheckResult {
  readonly output: string;
  /** What was done, for stderr. */
  readonly log: string;
  readonly exitCode: 0 | 1;
}

const SEVERITIES: readonly Severity[] = ["error", "warning", "note"];

/** Checks a fleet. Throws an Error that says what to write instead if an option is wrong, before anything is read. */
export async function checkFolders(
  dirs: readonly string[],
  options: CheckOptions,
  colors: boolean,
): Promise<CheckResult> {
  const write = writerOf(options.format);
  const failing = SEVERITIES.slice(0, SEVERITIES.indexOf(oneOf("--fail-on", options.failOn, SEVERITIES)) + 1);
  const ids = RULES.map(({ id }) => id);
  const disabled = options.disable.map((id) => oneOf("--disable", id, ids));
  const rules = RULES.filter(({ id }) => !disabled.includes(id));

  let findings = check(await readFleet(dirs), rules);
  let log = "";
  if (options.fix === true) {
    const fixed = await fixFiles(findings);
    log = `${fixed.changes} ${fixed.changes === 1 ? "change" : "changes"} made in ${fixed.files} ${fixed.files === 1 ? "file" : "files"}\n`;
    if (fixed.files > 0) findings = check(await readFleet(dirs), rules);
  }
  const failed = findings.some(({ severity }) => failing.includes(severity));
  return { output: write(findings, rules, colors), log, exitCode: failed ? 1 : 0 };
}

function writerOf(format: string): (findings: readonly Reported[], rules: readonly Rule[], colors: boolean) => string {
  switch (oneOf("--format", format, ["text", "json", "sarif"] as const)) {
    case "text":
      return (findings, _rules, colors) => findingsAsText(findings, process.cwd(), colors);
    case "json":
      return (findings) => findingsAsJson(findings);
    case "sarif":
      return (findings, rules) => findingsAsSarif(findings, rules);
  }
}

function oneOf<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((each) => each === value);
  if (found === undefined) throw new Error(`${option} ${value}: write one of ${allowed.join(", ")}`);
  return found;
}

/** Makes `fleet check`. */
export function checkCommand(): Command {
  return new Command("check")
    .description("lists what is wrong: with file and line, cause, fix and evidence")
    .argument("<dir...>", "folders with wrangler configurations, or the files")
    .option("--format <format>", "text, json or sarif", "text")
    .option("--fail-on <severity>", "exit with 1 from this severity on: error, warning or note", "error")
    .option("--disable <rule>", "skip a rule; may be given several times", (id, ids: string[]) => [...ids, id], [])
    .option("--fix", "remove what has no effect from the configurations")
    .action(async (dirs: string[], options: CheckOptions) => {
      const result = await checkFolders(dirs, options, process.stdout.isTTY && !process.env["NO_COLOR"]);
      process.stderr.write(result.log);
      process.stdout.write(result.output);
      process.exitCode = result.exitCode;
    });
}

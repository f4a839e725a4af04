import { createHash } from "node:crypto";
import { relative, sep } from "node:path";
import type { Log, ReportingDescriptor, Result } from "sarif";
import { helpOf, type Reported, type Rule } from "./finding.ts";

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

/** Writes findings as SARIF 2.1.0, which GitHub's code scanning reads; paths are relative to the folder. */
export function findingsAsSarif(findings: readonly Reported[], rules: readonly Rule[], folder = process.cwd()): string {
  const log: Log = {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "fleet check", version: "0.1.0", rules: rules.map(descriptorOf) } },
        columnKind: "utf16CodeUnits",
        results: results(findings, rules, folder),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function descriptorOf(rule: Rule): ReportingDescriptor {
  const help = helpOf(rule);
  return {
    id: rule.id,
    shortDescription: { text: rule.title },
    fullDescription: { text: rule.cause },
    help: { text: help, markdown: help },
    defaultConfiguration: { level: rule.severity },
  };
}

function results(findings: readonly Reported[], rules: readonly Rule[], folder: string): Result[] {
  const seen = new Map<string, number>();
  return findings.map(({ rule, severity, file, position, message, fix }) => {
    const uri = relative(folder, file).split(sep).map(encodeURIComponent).join("/");
    const content = JSON.stringify([rule.id, uri, message]);
    const count = (seen.get(content) ?? 0) + 1;
    seen.set(content, count);
    return {
      ruleId: rule.id,
      ruleIndex: rules.indexOf(rule),
      level: severity,
      message: { text: `${message}. ${fix}` },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri },
            region: { startLine: position.line, startColumn: position.column },
          },
        },
      ],
      // What is found, without its line: a finding stays the same when lines are added above it.
      partialFingerprints: { "fleetCheck/v1": createHash("sha256").update(`${content}${count}`).digest("hex") },
    };
  });
}

import { relative } from "node:path";
import type { Reported } from "./finding.ts";

/** Writes findings as a JSON array, with paths relative to the folder. */
export function findingsAsJson(findings: readonly Reported[], folder = process.cwd()): string {
  const entries = findings.map(({ file, position, severity, rule, message, fix, edits }) => ({
    rule: rule.id,
    severity,
    file: relative(folder, file),
    ...position,
    message,
    fix,
    fixable: edits !== undefined,
    cause: rule.cause,
    evidence: rule.evidence,
  }));
  return `${JSON.stringify(entries, null, 2)}\n`;
}

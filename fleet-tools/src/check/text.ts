import { relative } from "node:path";
import type { Reported } from "./finding.ts";

/** Writes findings as text, each with its place, cause, fix and evidence, and how many there are at the end. */
export function findingsAsText(findings: readonly Reported[], folder = process.cwd()): string {
  const texts = findings.map(({ file, position, severity, rule, message, fix }) => {
    const place = `${relative(folder, file)}:${position.line}:${position.column}`;
    return `${place}  ${severity}  ${message}  [${rule.id}]\n    cause: ${rule.cause}\n    fix: ${fix}\n    ${rule.evidence.basis}: ${rule.evidence.text}\n`;
  });
  const count = (severity: string): number => findings.filter((each) => each.severity === severity).length;
  return `${texts.join("\n")}${texts.length > 0 ? "\n" : ""}${count("error")} errors, ${count("warning")} warnings, ${count("note")} notes\n`;
}

import { styleText } from "node:util";
import { shown, type Reported, type Rule, type Severity } from "./finding.ts";

const COLOR = { error: "red", warning: "yellow", note: "cyan" } as const;

/**
 * Writes findings as text: by file, each with its place and fix, then why, once for each rule, and how many there are.
 */
export function findingsAsText(findings: readonly Reported[], folder = process.cwd(), colors = false): string {
  const style = (format: Parameters<typeof styleText>[0], text: string): string =>
    colors ? styleText(format, text, { validateStream: false }) : text;
  const lines: string[] = [];
  let file = "";
  for (const finding of findings) {
    const { position, severity, rule, message, fix } = finding;
    if (finding.file !== file) {
      if (file !== "") lines.push("");
      file = finding.file;
      lines.push(style("underline", shown(file, folder)));
    }
    const place = `${position.line}:${position.column}`.padEnd(7);
    lines.push(
      `  ${place} ${style(COLOR[severity], severity.padEnd(7))} ${indented(message, 18)}  ${style("dim", rule.id)}`,
    );
    lines.push(`                  ${style("dim", "fix:")} ${indented(fix, 23)}`);
  }
  const rules = [...new Set(findings.map(({ rule }) => rule))];
  if (rules.length > 0) lines.push("", style("bold", "Why"));
  for (const rule of rules) lines.push(...why(rule, style));
  return `${lines.join("\n")}${lines.length > 0 ? "\n\n" : ""}${counts(findings)}\n`;
}

function why(rule: Rule, style: (format: "dim", text: string) => string): string[] {
  return [
    `  ${rule.id}: ${indented(rule.cause, 4)}`,
    `    ${style("dim", `${rule.evidence.basis}:`)} ${indented(rule.evidence.text, 4)}`,
  ];
}

function indented(text: string, by: number): string {
  return text.trimEnd().replaceAll("\n", `\n${" ".repeat(by)}`);
}

/** Counts findings in words, as "1 error, 2 warnings, 0 notes". */
export function counts(findings: readonly { readonly severity: Severity }[]): string {
  return (["error", "warning", "note"] as const)
    .map((severity) => {
      const count = findings.filter((each) => each.severity === severity).length;
      return `${count} ${severity}${count === 1 ? "" : "s"}`;
    })
    .join(", ");
}

import type { Reported } from "./finding.ts";

const COMMENT = /(?:\/\/|#|\/\*|\*)\s*fleet-ignore\s+([\w-]+(?:\s*,\s*[\w-]+)*)/;
const COMMENT_ALONE = /^\s*(?:\/\/|#|\/\*|\*)/;

/** Drops the findings whose line, or the comment line before it, says `fleet-ignore` and the rule's name. */
export function notIgnored(findings: readonly Reported[], textOf: (file: string) => string): Reported[] {
  const ignored = new Map<string, ReadonlyMap<number, ReadonlySet<string>>>();
  return findings.filter(({ file, position, rule }) => {
    const lines = ignored.get(file) ?? ignoredLines(textOf(file));
    ignored.set(file, lines);
    return !lines.get(position.line)?.has(rule.id);
  });
}

/** Line → the rules that are ignored on it. */
function ignoredLines(text: string): ReadonlyMap<number, ReadonlySet<string>> {
  const lines = new Map<number, Set<string>>();
  if (!text.includes("fleet-ignore")) return lines;
  text.split("\n").forEach((line, index) => {
    const rules = COMMENT.exec(line)?.[1]?.split(/\s*,\s*/);
    if (rules === undefined) return;
    const about = COMMENT_ALONE.test(line) ? index + 2 : index + 1;
    lines.set(about, new Set([...(lines.get(about) ?? []), ...rules]));
  });
  return lines;
}

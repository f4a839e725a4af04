import { readFileSync } from "node:fs";
import type { Fleet } from "../fleet.ts";
import type { Reported, Rule } from "./finding.ts";
import { notIgnored } from "./ignore.ts";
import { RULES } from "./rules.ts";

export { RULES };

/** Runs the rules over the fleet; the findings are in the order of their files and lines. */
export function check(fleet: Fleet, rules: readonly Rule[] = RULES): Reported[] {
  const reported = rules.flatMap((rule) =>
    [...rule.check(fleet)].map((finding): Reported => ({
      ...finding,
      rule,
      severity: finding.severity ?? rule.severity,
    })),
  );
  const distinct = new Map(
    reported.map((each) => [JSON.stringify([each.rule.id, each.file, each.position, each.message]), each]),
  );
  const texts = new Map(fleet.projects.map(({ file, text }) => [file, text]));
  return notIgnored([...distinct.values()], (file) => texts.get(file) ?? readFileSync(file, "utf8")).sort(
    (a, b) =>
      compare(a.file, b.file) ||
      a.position.line - b.position.line ||
      a.position.column - b.position.column ||
      compare(a.rule.id, b.rule.id),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

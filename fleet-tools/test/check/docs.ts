import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { RULES } from "../../src/check/index.ts";

const DOCS = ["fleet.md", "fleet-check.md"].map((name) => new URL(`../../../docs/${name}`, import.meta.url).pathname);
const START = /<!-- rules: .* -->\n/;
const END = "<!-- end of rules -->";

test("the documentation lists the rules as they are; UPDATE=1 writes them", () => {
  const file = DOCS.find((each) => existsSync(each) && START.test(readFileSync(each, "utf8")));
  assert.ok(file, "no page has the rules");
  const text = readFileSync(file, "utf8");
  const from = START.exec(text)!.index + START.exec(text)![0].length;
  const written = `${text.slice(0, from)}${chapters()}${text.slice(text.indexOf(END))}`;
  if (process.env["UPDATE"]) writeFileSync(file, written);
  assert.equal(readFileSync(file, "utf8"), written, "run: UPDATE=1 npm run test:only");
});

function chapters(): string {
  const table = RULES.map(({ id, severity, title }) => `| [${id}](#${id}) | ${severity} | ${cell(title)} |\n`);
  const texts = RULES.map(
    ({ id, title, severity, cause, evidence }) =>
      `### ${id}\n${title}. (${severity})\n\n${cause}\n\n*${evidence.basis}*: ${evidence.text}\n`,
  );
  return `\n| rule | severity | what |\n|---|---|---|\n${table.join("")}\n${texts.join("\n")}\n`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}

import { stripVTControlCharacters } from "node:util";
import type { Fleet } from "../../fleet.ts";
import type { Finding, Rule, Severity } from "../finding.ts";
import { placeOf, topicOf } from "../wrangler-messages.ts";

/** What wrangler's own reader refuses. */
export const wranglerError: Rule = {
  id: "wrangler-error",
  severity: "error",
  title: "Wrangler refuses the configuration",
  cause: "Wrangler's configuration reader fails with this error, so the Worker can't be run or deployed.",
  evidence: { basis: "measured", text: "wrangler 4.164.0: deploy --dry-run exits with 1 and the same message" },
  check: (fleet) => said(fleet, "error", "Correct what the message names."),
};

/** What wrangler's own reader warns of. */
export const wranglerWarning: Rule = {
  id: "wrangler-warning",
  severity: "warning",
  title: "Wrangler warns about the configuration",
  cause: "Wrangler's configuration reader prints this warning, and usually ignores the field.",
  evidence: { basis: "measured", text: "wrangler 4.164.0: deploy --dry-run exits with 0 and the same message" },
  check: (fleet) => said(fleet, "warning", "Correct what the message names, or remove it."),
};

function* said(fleet: Fleet, severity: Severity, fix: string): Iterable<Finding> {
  for (const project of fleet.projects) {
    for (const message of project.messages) {
      if (message.severity !== severity || topicOf(message) !== "other") continue;
      // Wrangler makes some words bold.
      const text = stripVTControlCharacters(message.text).trim();
      yield { file: project.file, position: placeOf(project, message), message: PARSER_CODE[text] ?? text, fix };
    }
  }
}

/** What the codes of the JSONC parser mean, which wrangler shows as they are. */
const PARSER_CODE: Readonly<Record<string, string>> = {
  InvalidSymbol: "InvalidSymbol: not JSON here; strings need double quotes, and nothing may follow the object",
  ValueExpected: "ValueExpected: a value is missing here",
  CloseBraceExpected: "CloseBraceExpected: the object is not closed",
  CloseBracketExpected: "CloseBracketExpected: the array is not closed",
  CommaExpected: "CommaExpected: a comma is missing here",
  ColonExpected: "ColonExpected: a colon is missing here",
  PropertyNameExpected: "PropertyNameExpected: a key in double quotes is missing here",
};

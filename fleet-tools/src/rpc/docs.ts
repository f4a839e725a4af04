import ts from "typescript";
import type { NumberType } from "./model.ts";
import { Refused } from "./refused.ts";

/** The description of a symbol's JSDoc, as it was written. */
export function description(symbol: ts.Symbol | undefined, checker: ts.TypeChecker): string {
  return symbol === undefined ? "" : text(symbol.getDocumentationComment(checker));
}

/** The text of the first tag of that name; undefined if there is none. */
export function tag(symbol: ts.Symbol, name: string, checker: ts.TypeChecker): string | undefined {
  const found = symbol.getJsDocTags(checker).find((each) => each.name === name);
  return found === undefined ? undefined : text(found.text).replace(/^-\s*/, "");
}

/** The Java types that a method's or member's tags give to its numbers: by parameter, "" for what it returns or is. */
export function numberTags(symbol: ts.Symbol, checker: ts.TypeChecker): Map<string, NumberType> {
  const tags = new Map<string, NumberType>();
  for (const { name, text: words } of symbol.getJsDocTags(checker)) {
    if (name === "int" || name === "long") {
      const targets = text(words).split(/[\s,]+/);
      for (const target of targets) tags.set(target, name);
    }
  }
  return tags;
}

/** The tag of a parameter, as in `at(/** @long *\/ time: number)`. */
export function ownNumberTag(parameter: ts.Symbol): NumberType | undefined {
  const declaration = parameter.valueDeclaration;
  for (const { tagName } of declaration === undefined ? [] : ts.getJSDocTags(declaration)) {
    if (tagName.text === "int" || tagName.text === "long") return tagName.text;
  }
  return undefined;
}

/** Refuses a tag that names no parameter. */
export function requireParameters(tags: Map<string, NumberType>, names: readonly string[], node?: ts.Node): void {
  for (const [name, type] of tags) {
    if (name !== "" && !names.includes(name)) {
      throw new Refused(`@${type} ${name} does not name a parameter of the method; omit the name for its result`, node);
    }
  }
}

function text(parts: readonly ts.SymbolDisplayPart[] | undefined): string {
  return ts
    .displayPartsToString(parts as ts.SymbolDisplayPart[] | undefined)
    .replace(/\{@link(?:code|plain)?\s+([^}]*)\}/g, (_, target: string) => `\`${target.trim()}\``)
    .replaceAll("\r\n", "\n")
    .trim();
}

/** The lines between the first and the last of a javadoc comment. */
export function javadoc(text: string): string[] {
  return text
    .split(/\n\s*\n/)
    .map((paragraph, i) => (i === 0 ? "" : "<p>") + html(paragraph))
    .join("\n\n")
    .split("\n");
}

/** HTML that javadoc takes; what stands in backticks is code. */
function html(text: string): string {
  return text
    .split(/(`[^`\n]+`)/)
    .map((part, i) => (i % 2 === 0 ? escaped(part) : code(part.slice(1, -1))))
    .join("");
}

function code(text: string): string {
  return /^[^{}@\\*]*$/.test(text) ? `{@code ${text}}` : `<code>${escaped(text)}</code>`;
}

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  "@": "&#64;",
  "{": "&#123;",
  "}": "&#125;",
  "\\": "&#92;",
  "*": "&#42;",
};

/** A backslash might begin a Unicode escape, which javac reads in comments too. */
function escaped(text: string): string {
  return text.replace(/[&<>@{}\\]|\*(?=\/)/g, (character) => ENTITIES[character]!);
}

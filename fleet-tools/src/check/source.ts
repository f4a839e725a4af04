import { existsSync, readFileSync } from "node:fs";
import { sep } from "node:path";
import ts from "typescript";
import { SKIPPED_FOLDERS } from "../config-files.ts";
import type { Deployment } from "../fleet.ts";
import type { Position } from "../source-position.ts";

/** What rules look for in one source file: found by its syntax alone, and small, so that no tree is kept. */
export interface SourceFacts {
  readonly file: string;
  /** Calls of the global fetch. */
  readonly fetches: readonly (UrlStart & { readonly position: Position })[];
  /** Calls of `env.X.fetch` that surely have no signal. */
  readonly unlimited: readonly BindingUse[];
  /** `Object.keys(env.X)` and the like. */
  readonly listings: readonly (BindingUse & { readonly how: string })[];
  /** Whether a class extends Error. */
  readonly ownErrors: boolean;
}

export interface BindingUse {
  readonly binding: string;
  readonly position: Position;
}

/** What a URL begins with: a text, up to where a variable part follows, or a variable of env. */
export interface UrlStart {
  readonly text?: string;
  /** Whether the text is the whole URL. */
  readonly whole?: boolean;
  readonly variable?: string;
}

const MAX_BYTES = 1_000_000;

const known = new Map<string, SourceFacts | undefined>();

/** The facts of a Worker's own source files; each file is parsed once. What a build wrote is skipped. */
export function sourcesOf({ exports }: Deployment): SourceFacts[] {
  return (exports?.sources ?? []).flatMap((file) => {
    if (!known.has(file)) known.set(file, factsOf(file));
    return known.get(file) ?? [];
  });
}

function factsOf(file: string): SourceFacts | undefined {
  if (file.split(sep).some((part) => SKIPPED_FOLDERS.has(part)) || !existsSync(file)) return undefined;
  const text = readFileSync(file, "utf8");
  return text.length > MAX_BYTES || !WORTH_READING.test(text) ? undefined : new Reader(file, text).read();
}

/** What a file without has no facts, so that it needn't be parsed. */
const WORTH_READING =
  /\bfetch\s*\(|\bextends\s+\w*Error\b|\bin\s+(\w+\.)*env\b|(Object\.(keys|values|entries|getOwnPropertyNames|hasOwn)|JSON\.stringify)\(\s*(\w+\.)*env\b/;

class Reader {
  readonly #source: ts.SourceFile;
  readonly #constants = new Map<string, ts.Expression | undefined>();
  readonly #facts;

  constructor(file: string, text: string) {
    this.#source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    this.#facts = {
      file,
      fetches: [] as (UrlStart & { position: Position })[],
      unlimited: [] as BindingUse[],
      listings: [] as (BindingUse & { how: string })[],
      ownErrors: false,
    };
  }

  read(): SourceFacts {
    this.#collect(this.#source);
    this.#visit(this.#source);
    return this.#facts;
  }

  /** The constants of the file; a name that stands for several is of no use. */
  #collect(node: ts.Node): void {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name)) {
      const { text } = node.name;
      const constant = (node.parent.flags & ts.NodeFlags.Const) !== 0 && !this.#constants.has(text);
      this.#constants.set(text, constant ? node.initializer : undefined);
    } else if (ts.isParameter(node) && ts.isIdentifier(node.name)) {
      this.#constants.set(node.name.text, undefined);
    }
    ts.forEachChild(node, (child) => this.#collect(child));
  }

  #visit(node: ts.Node): void {
    if (ts.isCallExpression(node)) this.#call(node);
    else if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.InKeyword)
      this.#listing(node.right, "in", node);
    else if (ts.isForInStatement(node)) this.#listing(node.expression, "for … in", node);
    else if (ts.isClassLike(node)) this.#facts.ownErrors ||= extendsError(node);
    ts.forEachChild(node, (child) => this.#visit(child));
  }

  #call(node: ts.CallExpression): void {
    const callee = unwrap(node.expression);
    const [first] = node.arguments;
    if (first === undefined) return;
    const position = this.#position(node);
    if (isGlobalFetch(callee)) {
      this.#facts.fetches.push({ ...this.#urlStart(first), position });
      return;
    }
    if (!ts.isPropertyAccessExpression(callee)) return;
    const method = callee.name.text;
    const owner = unwrap(callee.expression);
    const binding = bindingOf(owner);
    if (binding !== undefined && method === "fetch" && lacksSignal(node)) {
      this.#facts.unlimited.push({ binding, position });
    }
    if (!ts.isIdentifier(owner)) return;
    const how = `${owner.text}.${method}`;
    if (LISTINGS.has(how)) this.#listing(first, how, node);
  }

  #listing(of: ts.Expression, how: string, node: ts.Node): void {
    const binding = bindingOf(unwrap(of));
    if (binding !== undefined) this.#facts.listings.push({ binding, how, position: this.#position(node) });
  }

  #urlStart(expression: ts.Expression, depth = 0): UrlStart {
    const node = unwrap(expression);
    if (depth > 8) return {};
    if (ts.isStringLiteralLike(node)) return { text: node.text, whole: true };
    if (ts.isTemplateExpression(node)) {
      if (node.head.text !== "") return { text: node.head.text };
      return partial(this.#urlStart(node.templateSpans[0]!.expression, depth + 1), node.templateSpans[0]!.literal.text);
    }
    if (ts.isBinaryExpression(node)) {
      const { kind } = node.operatorToken;
      if (kind === ts.SyntaxKind.PlusToken) {
        const right = this.#urlStart(node.right, depth + 1);
        return partial(this.#urlStart(node.left, depth + 1), right.text ?? "");
      }
      const either = kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.BarBarToken;
      return either ? this.#urlStart(node.left, depth + 1) : {};
    }
    if (ts.isNewExpression(node) && ts.isIdentifier(node.expression)) return this.#constructed(node, depth);
    if (ts.isIdentifier(node)) {
      const value = this.#constants.get(node.text);
      return value === undefined ? {} : this.#urlStart(value, depth + 1);
    }
    const variable = bindingOf(node);
    return variable === undefined ? {} : { variable, whole: true };
  }

  #constructed(node: ts.NewExpression, depth: number): UrlStart {
    const [first, second] = node.arguments ?? [];
    const kind = (node.expression as ts.Identifier).text;
    if (first === undefined || (kind !== "URL" && kind !== "Request")) return {};
    const start = this.#urlStart(first, depth + 1);
    const relative = start.text === undefined || !/^https?:/.test(start.text);
    return kind === "URL" && second !== undefined && relative ? this.#urlStart(second, depth + 1) : start;
  }

  #position(node: ts.Node): Position {
    const { line, character } = this.#source.getLineAndCharacterOfPosition(node.getStart(this.#source));
    return { line: line + 1, column: character + 1 };
  }
}

const LISTINGS = new Set([
  "Object.keys",
  "Object.values",
  "Object.entries",
  "Object.getOwnPropertyNames",
  "Object.hasOwn",
  "JSON.stringify",
]);

function unwrap(node: ts.Expression): ts.Expression {
  const wrapped =
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isSatisfiesExpression(node);
  return wrapped ? unwrap(node.expression) : node;
}

function isGlobalFetch(callee: ts.Expression): boolean {
  if (ts.isIdentifier(callee)) return callee.text === "fetch";
  return (
    ts.isPropertyAccessExpression(callee) &&
    callee.name.text === "fetch" &&
    ts.isIdentifier(callee.expression) &&
    ["globalThis", "self"].includes(callee.expression.text)
  );
}

/** X of `env.X`, `this.env.X`, `c.env.X`; not of `process.env.X` and `import.meta.env.X`, which are not bindings. */
function bindingOf(node: ts.Expression): string | undefined {
  if (!ts.isPropertyAccessExpression(node)) return undefined;
  const env = unwrap(node.expression);
  if (ts.isIdentifier(env)) return env.text === "env" ? node.name.text : undefined;
  if (!ts.isPropertyAccessExpression(env) || env.name.text !== "env") return undefined;
  const owner = unwrap(env.expression);
  const other = ts.isMetaProperty(owner) || (ts.isIdentifier(owner) && owner.text === "process");
  return other ? undefined : node.name.text;
}

/** Whether a fetch surely has no signal: a variable may be a Request or an init that has one. */
function lacksSignal({ arguments: [first, second] }: ts.CallExpression): boolean {
  if (first === undefined) return false;
  const target = unwrap(first);
  if (ts.isNewExpression(target) && ts.isIdentifier(target.expression)) {
    const [url, init] = target.arguments ?? [];
    if (target.expression.text === "Request") {
      return url !== undefined && isUrl(unwrap(url)) && noSignalIn(init) && noSignalIn(second);
    }
  }
  return isUrl(target) && noSignalIn(second);
}

function isUrl(node: ts.Expression): boolean {
  if (ts.isNewExpression(node)) return ts.isIdentifier(node.expression) && node.expression.text === "URL";
  if (ts.isBinaryExpression(node)) return node.operatorToken.kind === ts.SyntaxKind.PlusToken;
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
}

function noSignalIn(init: ts.Expression | undefined): boolean {
  if (init === undefined) return true;
  const object = unwrap(init);
  return (
    ts.isObjectLiteralExpression(object) &&
    object.properties.every(
      ({ name }) => name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name)) && name.text !== "signal",
    )
  );
}

function extendsError(node: ts.ClassLikeDeclaration): boolean {
  return (
    node.heritageClauses?.some(
      ({ token, types }) =>
        token === ts.SyntaxKind.ExtendsKeyword && /^(Type|Range)?Error$/.test(types[0]?.expression.getText() ?? ""),
    ) ?? false
  );
}

/** A URL's start that more text follows. */
function partial(start: UrlStart, next: string): UrlStart {
  if (start.text === undefined || start.whole !== true) return start;
  return { text: start.text + next };
}

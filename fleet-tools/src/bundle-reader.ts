import ts from "typescript";
import type { ExportKind, Methods, ModuleExport } from "./exports.ts";
import { RESERVED_METHODS } from "./reserved-methods.ts";

const BASES: Readonly<Record<string, ExportKind>> = {
  WorkerEntrypoint: "entrypoint",
  DurableObject: "durable-object",
  WorkflowEntrypoint: "workflow",
  RpcTarget: "rpc-target",
};

/** What the proxy never calls by RPC: methods of the runtime, and names that every stub has. */
const NOT_BY_RPC: ReadonlySet<string> = new Set([
  ...RESERVED_METHODS,
  ...["onRpcBroken", "catch", "finally", "toJSON", "prototype"],
]);

/** Reads what the exported names of an esbuild bundle are: one file, in which the base class of each class stands too. */
export class BundleReader {
  readonly reexportsAll: boolean;
  readonly #classes = new Map<string, ts.ClassLikeDeclaration>();
  readonly #values = new Map<string, ts.Expression>();
  /** Local name → the name that cloudflare:workers gives it. */
  readonly #workers = new Map<string, string>();
  /** Exported name → local name or expression. */
  readonly #exports = new Map<string, string>();
  readonly #hidden: ReadonlySet<string>;

  constructor(bundle: ts.SourceFile, hidden: ReadonlySet<string>) {
    this.#hidden = hidden;
    let reexportsAll = false;
    for (const statement of bundle.statements) {
      if (ts.isClassDeclaration(statement) && statement.name) this.#classes.set(statement.name.text, statement);
      else if (ts.isVariableStatement(statement)) this.#variables(statement);
      else if (ts.isImportDeclaration(statement)) this.#imports(statement);
      else if (ts.isExportDeclaration(statement)) {
        if (statement.exportClause === undefined) reexportsAll = true;
        else if (ts.isNamedExports(statement.exportClause) && statement.moduleSpecifier === undefined) {
          for (const { name, propertyName } of statement.exportClause.elements) {
            this.#exports.set(name.text, (propertyName ?? name).text);
          }
        }
      }
    }
    this.reexportsAll = reexportsAll;
  }

  exported(name: string): ModuleExport {
    return { name, ...this.#what(this.#exports.get(name)) };
  }

  #what(local: string | undefined): Omit<ModuleExport, "name"> {
    const declared = local === undefined ? undefined : this.#classes.get(local);
    if (declared !== undefined) {
      const methods = this.#methods(declared);
      return {
        kind: this.#baseOf(declared),
        members: methods.map((method) => method.name.getText()),
        methods: this.#callable(methods),
      };
    }
    const value = local === undefined ? undefined : this.#values.get(local);
    if (value !== undefined && ts.isObjectLiteralExpression(value)) {
      const { properties } = value;
      const spreads = properties.some(({ name }) => name === undefined || ts.isComputedPropertyName(name));
      const members = properties.flatMap(({ name }) =>
        name && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? [name.text] : [],
      );
      return { kind: spreads ? "value" : "handlers", members };
    }
    return { kind: "value", members: [] };
  }

  #variables(statement: ts.VariableStatement): void {
    for (const { name, initializer } of statement.declarationList.declarations) {
      if (!ts.isIdentifier(name) || initializer === undefined) continue;
      const value = unwrapped(initializer);
      if (ts.isClassExpression(value)) this.#classes.set(name.text, value);
      else this.#values.set(name.text, value);
    }
  }

  #imports(statement: ts.ImportDeclaration): void {
    const bindings = statement.importClause?.namedBindings;
    if ((statement.moduleSpecifier as ts.StringLiteral).text !== "cloudflare:workers" || bindings === undefined) return;
    if (ts.isNamespaceImport(bindings)) {
      for (const base of Object.keys(BASES)) this.#workers.set(`${bindings.name.text}.${base}`, base);
      return;
    }
    for (const { name, propertyName } of bindings.elements) this.#workers.set(name.text, (propertyName ?? name).text);
  }

  #baseOf(declared: ts.ClassLikeDeclaration, depth = 0): ExportKind {
    const base = baseName(declared);
    if (base === undefined || depth > 20) return "class";
    const own = this.#classes.get(base);
    return own === undefined ? (BASES[this.#workers.get(base) ?? ""] ?? "class") : this.#baseOf(own, depth + 1);
  }

  /** The public methods of a class and of what it extends, those of the class first. */
  #methods(declared: ts.ClassLikeDeclaration, depth = 0): ts.MethodDeclaration[] {
    const own = declared.members.filter(
      (member): member is ts.MethodDeclaration =>
        ts.isMethodDeclaration(member) &&
        ts.isIdentifier(member.name) &&
        !isStatic(member) &&
        !this.#hidden.has(`${nameOf(declared)}.${member.name.text}`),
    );
    const base = this.#classes.get(baseName(declared) ?? "");
    const inherited = base === undefined || depth > 20 ? [] : this.#methods(base, depth + 1);
    return [...own, ...inherited.filter(({ name }) => !own.some((each) => each.name.getText() === name.getText()))];
  }

  #callable(methods: readonly ts.MethodDeclaration[], depth = 0): Methods {
    return Object.fromEntries(
      methods
        .filter(({ name }) => !NOT_BY_RPC.has(name.getText()) && !name.getText().startsWith("_"))
        .map((method) => {
          const returned = depth < 4 ? this.#returnedTarget(method) : undefined;
          const returns = returned && this.#callable(this.#methods(returned), depth + 1);
          return [method.name.getText(), returns && Object.keys(returns).length > 0 ? { returns } : {}];
        }),
    );
  }

  /** The RpcTarget that a method makes and returns: `return new Account(…)`. */
  #returnedTarget(method: ts.MethodDeclaration): ts.ClassLikeDeclaration | undefined {
    let found: ts.ClassLikeDeclaration | undefined;
    const visit = (node: ts.Node): void => {
      if (ts.isFunctionLike(node)) return;
      if (ts.isReturnStatement(node) && node.expression !== undefined) {
        const value = unwrapped(node.expression);
        const made = ts.isNewExpression(value) ? this.#classes.get(value.expression.getText()) : undefined;
        if (made !== undefined && this.#baseOf(made) === "rpc-target") found ??= made;
      }
      ts.forEachChild(node, visit);
    };
    method.body?.statements.forEach(visit);
    return found;
  }
}

function baseName(declared: ts.ClassLikeDeclaration): string | undefined {
  const base = declared.heritageClauses?.find((clause) => clause.token === ts.SyntaxKind.ExtendsKeyword)?.types[0]
    ?.expression;
  return base !== undefined && (ts.isIdentifier(base) || ts.isPropertyAccessExpression(base))
    ? base.getText()
    : undefined;
}

/** esbuild writes some classes as `var Bank = class extends Base {…}`. */
function nameOf({ name, parent }: ts.ClassLikeDeclaration): string | undefined {
  return name?.text ?? (ts.isVariableDeclaration(parent) ? parent.name.getText() : undefined);
}

function isStatic(member: ts.MethodDeclaration): boolean {
  return member.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.StaticKeyword) ?? false;
}

/** The expression in parentheses, however many. */
function unwrapped(expression: ts.Expression): ts.Expression {
  return ts.isParenthesizedExpression(expression) ? unwrapped(expression.expression) : expression;
}

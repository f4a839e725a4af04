import ts from "typescript";
import { pascal } from "./names.ts";
import type { Source } from "./program.ts";
import { ownDeclaration } from "./refused.ts";

const NAMED_BY_ONE_ARGUMENT = new Set(["Partial", "Required", "Readonly"]);

/** The names of types in the user's source, and those that are made for the others. */
export class TypeNames {
  readonly #checker: ts.TypeChecker;
  readonly #aliases: ReadonlyMap<ts.Type, ts.Symbol>;

  constructor({ program, checker }: Source) {
    this.#checker = checker;
    this.#aliases = aliasesIn(program, checker);
  }

  /** The user's alias for a type that has no other name. */
  aliasOf(type: ts.Type): ts.Symbol | undefined {
    return ownDeclaration(type.aliasSymbol) === undefined ? this.#aliases.get(type) : type.aliasSymbol;
  }

  /** The name that a type has, or one made of its generic type and arguments. */
  nameOf(type: ts.Type, hint: string): string {
    const alias = this.aliasOf(type);
    const args = type.aliasTypeArguments ?? [];
    if (alias !== undefined) return this.#generic(alias.name, alias === type.aliasSymbol ? args : [], hint);
    if (type.aliasSymbol !== undefined) {
      const name = type.aliasSymbol.name;
      if (args.length === 0) return pascal(name);
      const of = NAMED_BY_ONE_ARGUMENT.has(name) ? nameOfSymbol(args[0]?.aliasSymbol ?? args[0]?.symbol) : undefined;
      return pascal(of === undefined ? hint : name + of);
    }
    const name = nameOfSymbol(type.symbol);
    if (name === undefined) return pascal(hint);
    const reference = type as ts.TypeReference;
    return this.#generic(name, reference.target === undefined ? [] : this.#checker.getTypeArguments(reference), hint);
  }

  #generic(name: string, args: readonly ts.Type[], hint: string): string {
    if (args.length === 0) return pascal(name);
    return `${pascal(name)}Of${args.map((each) => this.#argument(each, hint)).join("And")}`;
  }

  #argument(type: ts.Type | undefined, hint: string): string {
    const text = type === undefined ? "{" : this.#checker.typeToString(type);
    return text.includes("{") || text.includes("=>")
      ? pascal(hint)
      : pascal(text.replaceAll("[]", " List").replaceAll("|", " Or "));
  }
}

/** The aliases of the user's source for types that know no name, as `type Order = z.infer<typeof orderSchema>`. */
function aliasesIn(program: ts.Program, checker: ts.TypeChecker): Map<ts.Type, ts.Symbol> {
  const aliases = new Map<ts.Type, ts.Symbol>();
  for (const file of program.getSourceFiles()) {
    if (file.isDeclarationFile || program.isSourceFileFromExternalLibrary(file)) continue;
    for (const statement of file.statements) {
      if (!ts.isTypeAliasDeclaration(statement) || statement.typeParameters !== undefined) continue;
      const type = checker.getTypeAtLocation(statement.name);
      const symbol = checker.getSymbolAtLocation(statement.name);
      const named = ownDeclaration(type.aliasSymbol) !== undefined || nameOfSymbol(type.symbol) !== undefined;
      if (symbol !== undefined && !named && !aliases.has(type)) aliases.set(type, symbol);
    }
  }
  return aliases;
}

/** The name of an interface, class or enum; undefined for other types. */
function nameOfSymbol(symbol: ts.Symbol | undefined): string | undefined {
  if (symbol === undefined || symbol.name.startsWith("__")) return undefined;
  const declaration = symbol.declarations?.[0];
  const own = declaration === undefined ? undefined : ts.getNameOfDeclaration(declaration);
  return own !== undefined && ts.isIdentifier(own) ? own.text : symbol.name;
}

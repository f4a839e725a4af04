import ts from "typescript";
import { isDeclaredElsewhere } from "./refused.ts";
import type { Source } from "./program.ts";

const KINDS = ["WorkerEntrypoint", "DurableObject", "RpcTarget"] as const;
export type Kind = (typeof KINDS)[number];

export interface RpcClass {
  /** The names that it is exported by. */
  readonly exported: string[];
  readonly name: string;
  readonly type: ts.Type;
}

/** The classes that a Worker exports to be called, in the order of their names. */
export function exportedClasses({ checker, entry }: Source, nameOfDefault: string): RpcClass[] {
  const module = checker.getSymbolAtLocation(entry);
  const exported = new Map<ts.Type, string[]>();
  for (const symbol of module === undefined ? [] : checker.getExportsOfModule(module)) {
    const type = instance(symbol, checker);
    if (type === undefined || kindOf(type, checker) === undefined) continue;
    exported.set(type, [...(exported.get(type) ?? []), symbol.name].sort());
  }
  return [...exported]
    .map(([type, names]) => ({ exported: names, name: nameOf(names, type, nameOfDefault), type }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What `new` makes of an export; undefined if it can't be made. */
function instance(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Type | undefined {
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  if (!(target.flags & ts.SymbolFlags.Value)) return undefined;
  const declaration = target.valueDeclaration;
  if (declaration && ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Abstract) return undefined;
  return checker.getTypeOfSymbol(target).getConstructSignatures()[0]?.getReturnType();
}

/** The class's own name, if it is exported by it or as default alone; or else the first that it is exported by. */
function nameOf(exported: readonly string[], type: ts.Type, nameOfDefault: string): string {
  const declaration = type.symbol?.valueDeclaration;
  const own = declaration && ts.isClassLike(declaration) ? declaration.name?.text : undefined;
  if (own !== undefined && exported.includes(own)) return own;
  return exported.find((name) => name !== "default") ?? own ?? nameOfDefault;
}

/** Which of the runtime's classes a type extends; undefined for any other. */
export function kindOf(type: ts.Type, checker: ts.TypeChecker): Kind | undefined {
  if (type.isIntersection()) return first(type.types, checker);
  const kind = KINDS.find((name) => name === type.symbol?.name);
  if (kind !== undefined && isDeclaredElsewhere(type.symbol)) return kind;
  const declared = (type as ts.TypeReference).target ?? type;
  return declared.isClassOrInterface() ? first(checker.getBaseTypes(declared), checker) : undefined;
}

function first(types: readonly ts.Type[], checker: ts.TypeChecker): Kind | undefined {
  for (const type of types) {
    const kind = kindOf(type, checker);
    if (kind !== undefined) return kind;
  }
  return undefined;
}

import ts from "typescript";
import { kindOf } from "./classes.ts";
import type { Literal } from "./model.ts";
import { RESERVED_METHODS } from "../reserved-methods.ts";
import { isDeclaredElsewhere, ownDeclaration } from "./refused.ts";

const { TypeFlags } = ts;
const STUBS = new Set(["DurableObjectStub", "Fetcher", "Service", "Stub"]);

/** Whether it is called by RPC, wherever it is: an object of such a class, or a stub of one. */
export function isRemote(type: ts.Type, checker: ts.TypeChecker): boolean {
  if (kindOf(type, checker) !== undefined) return true;
  const alias = type.aliasSymbol;
  const of = type.aliasTypeArguments?.[0];
  if (of === undefined || !isDeclaredElsewhere(alias) || !STUBS.has(alias?.name ?? "")) return false;
  return kindOf(of.getConstructSignatures()[0]?.getReturnType() ?? of, checker) !== undefined;
}

/** What it is a stub of, as the `RpcStub<T>` of the runtime or of capnweb; undefined for other types. */
export function stubbed(type: ts.Type, checker: ts.TypeChecker): ts.Type | undefined {
  const { aliasSymbol, aliasTypeArguments } = type;
  const isStub = ["RpcStub", "Stub"].includes(aliasSymbol?.name ?? "") && isDeclaredElsewhere(aliasSymbol);
  if (isStub) return aliasTypeArguments?.[0];
  // An alias for a condition is not in the type that comes of it.
  const parts = type.isIntersection() ? type.types : [];
  const base = parts.find(({ symbol }) => symbol?.name === "StubBase" && isDeclaredElsewhere(symbol));
  return base === undefined ? undefined : checker.getTypeArguments(base as ts.TypeReference)[0];
}

/** The type without what adds nothing, as in `Cart & Disposable`. */
export function ownPart(type: ts.Type, checker: ts.TypeChecker): ts.Type {
  const own = type.isIntersection() ? type.types.filter((each) => !addsNothing(each, checker)) : [];
  return own.length === 1 ? own[0]! : type;
}

export function isFunction(type: ts.Type): boolean {
  return type.getCallSignatures().length > 0;
}

/** Whether it is an object with methods and functions alone, declared by the user. */
export function isObjectOfMethods(type: ts.Type, checker: ts.TypeChecker): boolean {
  const { symbol } = type;
  const isObject = Boolean(type.flags & (TypeFlags.Object | TypeFlags.Intersection)) && !isFunction(type);
  if (!isObject || (symbol !== undefined && symbol.flags & ts.SymbolFlags.Class)) return false;
  const members = checker.getPropertiesOfType(type).filter((member) => !member.name.startsWith("__@"));
  const called = members.filter((member) => !RESERVED_METHODS.has(member.name));
  return (
    called.length > 0 &&
    checker.getIndexInfosOfType(type).length === 0 &&
    members.every(
      (each) => ownDeclaration(each) && isFunction(checker.getNonNullableType(checker.getTypeOfSymbol(each))),
    )
  );
}

/** Whether it adds nothing that is sent: its members, if any, are named by symbols. */
export function addsNothing(type: ts.Type, checker: ts.TypeChecker): boolean {
  if (!(type.flags & TypeFlags.Object) || type.getCallSignatures().length > 0) return false;
  if (checker.getIndexInfosOfType(type).length > 0) return false;
  return checker.getPropertiesOfType(type).every((member) => member.name.startsWith("__@"));
}

export function isStringLike(type: ts.Type): boolean {
  return Boolean(type.flags & TypeFlags.StringLike) || (type.isIntersection() && type.types.some(isStringLike));
}

export function isNumberLike(type: ts.Type): boolean {
  return Boolean(type.flags & TypeFlags.NumberLike) || (type.isIntersection() && type.types.some(isNumberLike));
}

export function isInt(value: number): boolean {
  return Number.isInteger(value) && Math.abs(value) < 2 ** 31;
}

/** The one value of a type that has no other. */
export function literalOf(type: ts.Type): Literal | undefined {
  if (type.isStringLiteral() || type.isNumberLiteral()) return type.value;
  if (!(type.flags & TypeFlags.BooleanLiteral)) return undefined;
  return (type as { intrinsicName?: string }).intrinsicName === "true";
}

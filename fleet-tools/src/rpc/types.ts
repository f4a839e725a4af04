import ts from "typescript";
import { kindOf } from "./classes.ts";
import { description, numberTags } from "./docs.ts";
import type { Component, Constant, Declared, JavaType, Literal, NumberType, RecordType } from "./model.ts";
import { capitalized, memberName, OF_EVERY_OBJECT, pascal, unique } from "./names.ts";
import type { Source } from "./program.ts";
import { REFUSALS } from "./refusals.ts";
import { isDeclaredElsewhere, ownDeclaration, Refused } from "./refused.ts";
import { mapUnion } from "./unions.ts";

const { TypeFlags } = ts;
const MOST_COMPONENTS = 120;
const STUBS = new Set(["DurableObjectStub", "Fetcher", "Service", "Stub"]);
const NAMED_BY_ONE_ARGUMENT = new Set(["Partial", "Required", "Readonly"]);

/** What a type is mapped for. */
export interface Place {
  /** The name of a type that has none. */
  readonly hint: string;
  readonly numbers: NumberType;
  /** As `order.lines[]`, for messages. */
  readonly path: string;
  readonly node: ts.Node | undefined;
}

/** The Java types of TypeScript's. Each declared type is made once. */
export class TypeMapper {
  readonly checker: ts.TypeChecker;
  readonly #made = new Map<ts.Type | string, Declared>();
  readonly #aliases: ReadonlyMap<ts.Type, ts.Symbol>;

  constructor({ program, checker }: Source) {
    this.checker = checker;
    this.#aliases = aliasesIn(program, checker);
  }

  /** Runs `work`; forgets the types that it began where it is refused. */
  attempt<T>(work: () => T): T {
    const before = new Set(this.#made.keys());
    try {
      return work();
    } catch (e) {
      for (const key of this.#made.keys()) if (!before.has(key)) this.#made.delete(key);
      const kept = new Set(this.#made.values());
      for (const type of kept) {
        if (type.kind === "record") type.unions = type.unions.filter((union) => kept.has(union));
      }
      throw e;
    }
  }

  /** Returns the type that was made for a key, or makes it. It is known before `fill` runs, which may come back to it. */
  declare<T extends Declared>(key: ts.Type | string, type: T, fill: (type: T) => void = () => {}): T {
    const known = this.#made.get(key);
    if (known?.kind === type.kind) return known as T;
    this.#made.set(key, type);
    fill(type);
    return type;
  }

  /**
   * Returns the Java type of a value.
   *
   * @throws Refused if there is none
   */
  map(type: ts.Type, place: Place): JavaType {
    const all = type.isUnion() ? type.types : [type];
    const some = all.filter((each) => !(each.flags & (TypeFlags.Undefined | TypeFlags.Null | TypeFlags.Void)));
    const nullable = some.length < all.length;
    if (some.length === 0) throw refused(place, "has no value but null or undefined");
    if (some.length === 1) return withNull(this.#single(some[0]!, place), nullable);
    const whole = nullable ? this.checker.getNonNullableType(type) : type;
    return withNull(mapUnion(this, some, whole, place), nullable);
  }

  #single(type: ts.Type, place: Place): JavaType {
    const { flags } = type;
    if (flags & TypeFlags.Any) throw refused(place, this.#why(type));
    if (flags & TypeFlags.Unknown) return { kind: "object", name: "Object", nullable: true };
    if (flags & TypeFlags.EnumLiteral && flags & (TypeFlags.StringLiteral | TypeFlags.NumberLiteral)) {
      return mapUnion(this, [type], type, place);
    }
    if (type.isStringLiteral()) return mapUnion(this, [type], type, place);
    if (isStringLike(type)) return { kind: "object", name: "String", nullable: false };
    if (isNumberLike(type)) {
      const whole = type.isNumberLiteral() && isInt(type.value) && place.numbers === "double";
      return { kind: "primitive", name: whole ? "int" : place.numbers, nullable: false };
    }
    if (flags & TypeFlags.BooleanLike) return { kind: "primitive", name: "boolean", nullable: false };
    if (flags & TypeFlags.BigIntLike) return { kind: "object", name: "BigInteger", nullable: false };
    if (type.isIntersection()) {
      // As of what a call of another Worker returns: `Order & Disposable`.
      const data = type.types.filter((each) => !addsNothing(each, this.checker));
      if (data.length === 1) return this.map(data[0]!, place);
    }
    if (flags & (TypeFlags.Object | TypeFlags.Intersection)) return this.#object(type, place);
    if (flags & TypeFlags.NonPrimitive)
      throw refused(place, "is any object: write an interface, or Record<string, unknown>");
    if (flags & TypeFlags.ESSymbolLike) throw refused(place, `is a Symbol, ${REFUSALS["Symbol"]}`);
    if (flags & TypeFlags.Never) throw refused(place, "never has a value");
    throw refused(place, `has a type that is left open, ${this.checker.typeToString(type)}: write it out`);
  }

  #why(type: ts.Type): string {
    const unresolved = ["error", "unresolved"].includes((type as { intrinsicName?: string }).intrinsicName ?? "");
    return unresolved
      ? "has a type that can't be found: is its package installed, and the file that `wrangler types` writes there?"
      : "is any: write its type, or unknown if it may be anything";
  }

  #object(type: ts.Type, place: Place): JavaType {
    const { checker } = this;
    if (checker.isArrayType(type)) return this.#list(checker.getTypeArguments(type as ts.TypeReference)[0]!, place);
    if (checker.isTupleType(type)) return this.#tuple(type as ts.TypeReference, place);
    const name = isDeclaredElsewhere(type.symbol) ? type.symbol.name : "";
    if (name === "Date") return { kind: "object", name: "Instant", nullable: false };
    if (name === "Uint8Array" || name === "ArrayBuffer") {
      return { kind: "bytes", buffer: name === "ArrayBuffer", nullable: false };
    }
    const refusal = Object.hasOwn(REFUSALS, name) ? REFUSALS[name] : undefined;
    if (refusal !== undefined) throw refused(place, `is ${article(name)} ${name}, ${refusal}`);
    this.#requireData(type, place);
    const index = checker.getIndexInfosOfType(type);
    const members = checker.getPropertiesOfType(type).filter((member) => !member.name.startsWith("__@"));
    if (index.length > 0) {
      if (members.length > 0) {
        throw refused(
          place,
          "has named members and an index signature: put those of the index into an object of their own",
        );
      }
      const values = index.find((each) => each.keyType.flags & TypeFlags.String) ?? index[0]!;
      return { kind: "map", of: this.map(values.type, inside(place, "{}", "Value")), nullable: false };
    }
    if (members.length === 0) throw refused(place, "has no members: write them out, or unknown if it may be anything");
    return { kind: "declared", type: this.record(type, place), nullable: false };
  }

  #requireData(type: ts.Type, place: Place): void {
    if (isRemote(type, this.checker)) {
      throw refused(place, "is a live object, which can't be had inside of data: return it by a method of its own");
    }
    if (type.getCallSignatures().length > 0) throw refused(place, `is a function, ${REFUSALS["Function"]}`);
    if (type.symbol !== undefined && type.symbol.flags & ts.SymbolFlags.Class) {
      throw refused(
        place,
        `is an instance of ${type.symbol.name}, and those of classes can't be sent: use a plain object, or let the class extend RpcTarget`,
      );
    }
  }

  #list(element: ts.Type, place: Place): JavaType {
    return { kind: "list", of: this.map(element, inside(place, "[]", "")), nullable: false };
  }

  #tuple(type: ts.TypeReference, place: Place): JavaType {
    const elements = this.checker.getTypeArguments(type).map((each) => this.map(each, inside(place, "[]", "")));
    const [first] = elements;
    if (first === undefined || elements.some((each) => !sameType(each, first))) {
      throw refused(place, "is a tuple of several types: use an object with a name for each");
    }
    const nullable = elements.some((each) => each.nullable);
    return { kind: "list", of: withNull(first, nullable), nullable: false };
  }

  /** The record of an object type. */
  record(type: ts.Type, place: Place): RecordType {
    const { checker } = this;
    const symbol = this.aliasOf(type) ?? type.symbol;
    const doc = ownDeclaration(symbol) === undefined ? "" : description(symbol, checker);
    const wanted = this.nameOf(type, place.hint);
    const made: RecordType = { kind: "record", wanted, name: "", doc, components: [], constants: [], unions: [] };
    return this.declare(type, made, (record) => {
      const taken = new Set<string>();
      for (const member of checker.getPropertiesOfType(type)) {
        if (!member.name.startsWith("__@")) this.#member(record, member, taken, place);
      }
      if (record.components.length > MOST_COMPONENTS) {
        throw refused(place, `has more than ${MOST_COMPONENTS} members: group them in objects`);
      }
    });
  }

  #member(record: RecordType, member: ts.Symbol, taken: Set<string>, place: Place): void {
    const { checker } = this;
    const at: Place = {
      hint: record.wanted + capitalized(pascal(member.name)),
      numbers: numberTags(member, checker).get("") ?? "double",
      path: `${place.path}.${member.name}`,
      node: ownDeclaration(member) ?? place.node,
    };
    if (OF_EVERY_OBJECT.has(member.name)) {
      throw refused(at, "has a name that every object has, and is lost on the way: rename it");
    }
    if (member.flags & ts.SymbolFlags.Method) throw refused(at, `is a function, ${REFUSALS["Function"]}`);
    const type = checker.getTypeOfSymbol(member);
    const java = unique(memberName(member.name), taken);
    const all = type.isUnion() ? type.types : [type];
    const missing = all.filter((each) => each.flags & (TypeFlags.Undefined | TypeFlags.Void));
    if (missing.length === all.length) return;
    const optional = Boolean(member.flags & ts.SymbolFlags.Optional) || missing.length > 0;
    const value = optional ? undefined : literalOf(type);
    if (value !== undefined) {
      record.constants.push({ wire: member.name, java, value } satisfies Constant);
      return;
    }
    const mapped = this.map(type, at);
    if (at.numbers !== "double" && !holds(mapped, at.numbers)) {
      throw refused(at, `is tagged @${at.numbers} and holds no number`);
    }
    const doc = description(member, checker);
    record.components.push({
      wire: member.name,
      java,
      type: withNull(mapped, optional),
      optional,
      doc,
    } satisfies Component);
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
      const of = NAMED_BY_ONE_ARGUMENT.has(name) ? nameOfSymbol(args[0]?.aliasSymbol ?? args[0]?.symbol) : undefined;
      return pascal(of === undefined ? hint : name + of);
    }
    const name = nameOfSymbol(type.symbol);
    if (name === undefined) return pascal(hint);
    const reference = type as ts.TypeReference;
    return this.#generic(name, reference.target === undefined ? [] : this.checker.getTypeArguments(reference), hint);
  }

  #generic(name: string, args: readonly ts.Type[], hint: string): string {
    if (args.length === 0) return pascal(name);
    return `${pascal(name)}Of${args.map((each) => this.#argument(each, hint)).join("And")}`;
  }

  #argument(type: ts.Type | undefined, hint: string): string {
    const text = type === undefined ? "{" : this.checker.typeToString(type);
    return text.includes("{") || text.includes("=>")
      ? pascal(hint)
      : pascal(text.replaceAll("[]", " List").replaceAll("|", " Or "));
  }
}

export function refused(place: Place, why: string): Refused {
  return new Refused(`${place.path} ${why}`, place.node);
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

/** The name in the user's source; undefined for what has none there. */
function nameOfSymbol(symbol: ts.Symbol | undefined): string | undefined {
  if (symbol === undefined || symbol.name.startsWith("__") || isDeclaredElsewhere(symbol)) return undefined;
  const declaration = ownDeclaration(symbol);
  const own = declaration === undefined ? undefined : ts.getNameOfDeclaration(declaration);
  return own !== undefined && ts.isIdentifier(own) ? own.text : symbol.name;
}

function article(name: string): string {
  return /^[AEIO]/.test(name) ? "an" : "a";
}

export function withNull(type: JavaType, nullable: boolean): JavaType {
  return nullable ? { ...type, nullable } : type;
}

function inside(place: Place, suffix: string, name: string): Place {
  return { ...place, path: place.path + suffix, hint: place.hint + name };
}

/** Whether it is called by RPC, wherever it is: an object of such a class, or a stub of one. */
export function isRemote(type: ts.Type, checker: ts.TypeChecker): boolean {
  if (kindOf(type, checker) !== undefined) return true;
  const alias = type.aliasSymbol;
  const of = type.aliasTypeArguments?.[0];
  if (of === undefined || !isDeclaredElsewhere(alias) || !STUBS.has(alias?.name ?? "")) return false;
  return kindOf(of.getConstructSignatures()[0]?.getReturnType() ?? of, checker) !== undefined;
}

/** Whether it adds nothing that is sent: its members, if any, are named by symbols. */
function addsNothing(type: ts.Type, checker: ts.TypeChecker): boolean {
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

function sameType(a: JavaType, b: JavaType): boolean {
  if (a.kind === "declared" || b.kind === "declared")
    return a.kind === b.kind && (a as { type: unknown }).type === (b as { type: unknown }).type;
  if ("of" in a || "of" in b) return a.kind === b.kind && "of" in a && "of" in b && sameType(a.of, b.of);
  return a.kind === b.kind && ("name" in a ? a.name : "") === ("name" in b ? b.name : "");
}

/** Whether a type holds a number of that Java type, in lists and maps too. */
export function holds(type: JavaType, name: NumberType): boolean {
  if ("of" in type) return holds(type.of, name);
  return type.kind === "primitive" && type.name === name;
}

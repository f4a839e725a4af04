import ts from "typescript";
import { description } from "./docs.ts";
import type { EnumType, JavaType, RecordType, UnionType } from "./model.ts";
import { constantName, memberName, unique } from "./names.ts";
import { refused, type Place } from "./refused.ts";
import { isInt, isNumberLike, isStringLike, literalOf } from "./type-tests.ts";
import type { TypeMapper } from "./types.ts";

const { TypeFlags } = ts;

/** The Java type of a union, none of whose types is null; `whole` has its name. */
export function mapUnion(mapper: TypeMapper, types: readonly ts.Type[], whole: ts.Type, place: Place): JavaType {
  if (types.every((type) => type.flags & TypeFlags.BooleanLiteral)) {
    return { kind: "primitive", name: "boolean", nullable: false };
  }
  if (types.every((type) => type.flags & TypeFlags.BigIntLike)) {
    return { kind: "object", name: "BigInteger", nullable: false };
  }
  const isEnum = types.every((type) => type.flags & TypeFlags.EnumLiteral);
  if (types.every((type) => type.isStringLiteral()) || (isEnum && types.every(isIntLiteral))) {
    return { kind: "declared", type: enumOf(mapper, types as ts.LiteralType[], whole, place), nullable: false };
  }
  if (types.every(isStringLike)) return { kind: "object", name: "String", nullable: false };
  if (types.every(isNumberLike)) {
    const whole = types.every(isIntLiteral);
    return { kind: "primitive", name: whole && place.numbers === "double" ? "int" : place.numbers, nullable: false };
  }
  const union = unionOf(mapper, types, whole, place);
  if (union !== undefined) return { kind: "declared", type: union, nullable: false };
  const objects = types.every((type) => type.flags & (TypeFlags.Object | TypeFlags.Intersection));
  const advice = objects
    ? 'give them a common member with a string of its own each (kind: "a"), or write a method for each'
    : "write a method for each, or unknown if Java is to look at what it gets";
  throw refused(place, `is one of several types, ${mapper.checker.typeToString(whole)}: ${advice}`);
}

function isIntLiteral(type: ts.Type): boolean {
  return type.isNumberLiteral() && isInt(type.value);
}

function enumOf(mapper: TypeMapper, types: readonly ts.LiteralType[], whole: ts.Type, place: Place): EnumType {
  const { checker } = mapper;
  const declared = parentOf(types[0]!);
  const named = nameOfEnum(mapper, declared, types, whole);
  const constants = types.map((type) => {
    const value = type.value as string | number;
    const name = constantName(declared === undefined ? String(value) : type.symbol.name);
    return { name, value, doc: declared === undefined ? "" : description(type.symbol, checker), order: orderOf(type) };
  });
  // The checker's own order depends on what else it has seen.
  constants.sort((a, b) => a.order - b.order || (a.value < b.value ? -1 : 1));
  const taken = new Set<string>();
  const key = `enum ${named === undefined ? "" : checker.getFullyQualifiedName(named)} ${JSON.stringify(constants.map((each) => each.value))}`;
  return mapper.declare<EnumType>(key, {
    kind: "enum",
    wanted: named?.name ?? place.hint,
    name: "",
    doc: description(named, checker),
    constants: constants.map(({ name, value, doc }) => ({ name: unique(name, taken), value, doc })),
  });
}

/** The alias or enum that has these values and no others; undefined if they have no name. */
function nameOfEnum(
  mapper: TypeMapper,
  declared: ts.Symbol | undefined,
  types: readonly ts.Type[],
  whole: ts.Type,
): ts.Symbol | undefined {
  return mapper.names.aliasOf(whole) ?? (declared?.exports?.size === types.length ? declared : undefined);
}

function parentOf(type: ts.Type): ts.Symbol | undefined {
  return type.flags & TypeFlags.EnumLiteral ? (type.symbol as ts.Symbol & { parent?: ts.Symbol }).parent : undefined;
}

function orderOf(type: ts.Type): number {
  return type.flags & TypeFlags.EnumLiteral ? (type.symbol.valueDeclaration?.pos ?? 0) : 0;
}

/** A sealed interface; undefined if no member tells the objects apart. */
function unionOf(mapper: TypeMapper, types: readonly ts.Type[], whole: ts.Type, place: Place): UnionType | undefined {
  const { checker } = mapper;
  if (types.some((type) => !(type.flags & (TypeFlags.Object | TypeFlags.Intersection)))) return undefined;
  const wire = checker
    .getPropertiesOfType(types[0]!)
    .map((member) => member.name)
    .find((name) => tellsApart(types, name, checker));
  if (wire === undefined) return undefined;
  const valued = types.map((type) => ({ type, value: valueOf(type, wire, checker)! }));
  valued.sort((a, b) => (String(a.value) < String(b.value) ? -1 : 1));
  const key = `union ${wire} ${valued.map((each) => (each.type as ts.Type & { id: number }).id).join()} ${mapper.names.aliasOf(whole)?.name ?? ""}`;
  const made: UnionType = {
    kind: "union",
    wanted: mapper.names.nameOf(whole, place.hint),
    name: "",
    doc: description(mapper.names.aliasOf(whole), checker),
    tag: { wire, java: memberName(wire) },
    members: [],
  };
  return mapper.declare(key, made, (union) => {
    for (const { type, value } of valued) {
      const record = memberOf(mapper, type, {
        ...place,
        hint: `${union.wanted} ${String(value)}`,
        path: `${place.path}(${String(value)})`,
      });
      if (record.unions.some((other) => other.tag.wire !== wire)) {
        throw refused(
          place,
          `is told apart by ${wire}, and ${record.wanted} by ${record.unions[0]!.tag.wire} elsewhere: use one of the two`,
        );
      }
      union.members.push(record);
      record.unions.push(union);
    }
  });
}

function memberOf(mapper: TypeMapper, type: ts.Type, place: Place): RecordType {
  const mapped = mapper.map(type, place);
  if (mapped.kind === "declared" && mapped.type.kind === "record") return mapped.type;
  throw refused(place, "is not an object with members");
}

/** Whether each type has another value of a member, and all of one kind. */
function tellsApart(types: readonly ts.Type[], name: string, checker: ts.TypeChecker): boolean {
  const values = types.map((type) => valueOf(type, name, checker));
  const isTag = (value: unknown) => typeof value === typeof values[0] && (typeof value !== "number" || isInt(value));
  return values[0] !== undefined && values.every(isTag) && new Set(values).size === types.length;
}

function valueOf(type: ts.Type, name: string, checker: ts.TypeChecker): string | number | boolean | undefined {
  const member = checker.getPropertyOfType(type, name);
  if (member === undefined || member.flags & ts.SymbolFlags.Optional) return undefined;
  return literalOf(checker.getTypeOfSymbol(member));
}

import ts from "typescript";
import { description, numberTags } from "./docs.ts";
import { holds, withNull, type Component, type Constant, type RecordType } from "./model.ts";
import { capitalized, memberName, OF_EVERY_OBJECT, pascal, unique } from "./names.ts";
import { REFUSALS } from "./refusals.ts";
import { ownDeclaration, refused, type Place } from "./refused.ts";
import { literalOf } from "./type-tests.ts";
import type { TypeMapper } from "./types.ts";

const { TypeFlags } = ts;
const MOST_COMPONENTS = 120;

/** The record of an object type. */
export function recordOf(mapper: TypeMapper, type: ts.Type, place: Place): RecordType {
  const { checker } = mapper;
  const symbol = mapper.names.aliasOf(type) ?? type.symbol;
  const doc = ownDeclaration(symbol) === undefined ? "" : description(symbol, checker);
  const wanted = mapper.names.nameOf(type, place.hint);
  const made: RecordType = { kind: "record", wanted, name: "", doc, components: [], constants: [], unions: [] };
  return mapper.declare(type, made, (record) => {
    const taken = new Set<string>();
    for (const member of checker.getPropertiesOfType(type)) {
      if (!member.name.startsWith("__@")) addMember(mapper, record, member, taken, place);
    }
    if (record.components.length > MOST_COMPONENTS) {
      throw refused(place, `has more than ${MOST_COMPONENTS} members: group them in objects`);
    }
  });
}

function addMember(mapper: TypeMapper, record: RecordType, member: ts.Symbol, taken: Set<string>, place: Place): void {
  const { checker } = mapper;
  const at: Place = {
    hint: record.wanted + capitalized(pascal(member.name)),
    numbers: numberTags(member, checker).get("") ?? "double",
    path: `${place.path}.${member.name}`,
    node: ownDeclaration(member) ?? place.node,
  };
  if (OF_EVERY_OBJECT.has(member.name)) {
    throw refused(at, "has a name that every object has, and is lost on the way: rename it");
  }
  if (member.flags & ts.SymbolFlags.Method && mapper.live === undefined) {
    throw refused(at, `is a function, ${REFUSALS["Function"]}`);
  }
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
  const mapped = mapper.map(type, at);
  if (at.numbers !== "double" && !holds(mapped, at.numbers)) {
    throw refused(at, `is tagged @${at.numbers} and is not a number`);
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

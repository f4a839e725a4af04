import ts from "typescript";
import { kindOf } from "./classes.ts";
import { description, numberTags, ownNumberTag, requireParameters, tag } from "./docs.ts";
import {
  holds,
  parts,
  withNull,
  type Declared,
  type JavaType,
  type Method,
  type NumberType,
  type Parameter,
} from "./model.ts";
import { capitalized, memberName, pascal, unique } from "./names.ts";
import { isDeclaredElsewhere, ownDeclaration, Refused, refused, type Place } from "./refused.ts";
import type { TargetReader } from "./targets.ts";
import { isRemote } from "./type-tests.ts";
import type { TypeMapper } from "./types.ts";

const { SymbolFlags, TypeFlags } = ts;

/** Reads one method of a class, or a getter. */
export class MemberReader {
  readonly #targets: TargetReader;
  readonly #mapper: TypeMapper;
  readonly #checker: ts.TypeChecker;
  readonly #member: ts.Symbol;
  readonly #java: string;
  readonly #hint: string;

  constructor(targets: TargetReader, mapper: TypeMapper, member: ts.Symbol, java: string, hint: string) {
    this.#targets = targets;
    this.#mapper = mapper;
    this.#checker = mapper.checker;
    this.#member = member;
    this.#java = java;
    this.#hint = hint + capitalized(pascal(member.name));
  }

  /** The ways to call it; undefined stands for reading a getter. */
  signatures(): readonly (ts.Signature | undefined)[] {
    if (this.#member.flags & SymbolFlags.GetAccessor) return [undefined];
    return this.#checker.getTypeOfSymbol(this.#member).getCallSignatures();
  }

  /** The Java methods of one way to call it: one for each number of optional arguments. */
  read(signature: ts.Signature | undefined, counts: Set<number>): Method[] {
    const tags = numberTags(this.#member, this.#checker);
    const node = signature?.declaration ?? ownDeclaration(this.#member);
    if (signature === undefined) {
      return [this.#method([], this.#returns(this.#checker.getTypeOfSymbol(this.#member), tags, node), true)];
    }
    if (signature.typeParameters !== undefined) {
      throw new Refused("is generic, and a Java interface is not: write the types out", node);
    }
    const parameters = signature.getParameters();
    requireParameters(
      tags,
      parameters.map((each) => each.name),
      node,
    );
    const taken = new Set<string>();
    const least = this.#required(parameters);
    const read = parameters.map((each, i) => this.#parameter(each, i >= least, taken, tags, node));
    const returns = this.#returns(signature.getReturnType(), tags, node);
    const lengths = Array.from({ length: parameters.length - least + 1 }, (_, i) => least + i);
    // No arguments for the rest are some, too.
    const counted = read.at(-1)?.rest === true ? lengths.filter((length) => length !== parameters.length - 1) : lengths;
    for (const length of counted) {
      if (counts.has(length))
        throw new Refused(
          "has overloads with the same number of arguments, which a Worker can't tell apart: write one of them",
          node,
        );
      counts.add(length);
    }
    return counted.map((length) => this.#method(read.slice(0, length), returns, false));
  }

  #method(parameters: readonly Parameter[], returns: JavaType | undefined, property: boolean): Method {
    return {
      wire: this.#member.name,
      java: this.#java,
      parameters,
      returns,
      property,
      later: false,
      idempotent: tag(this.#member, "idempotent", this.#checker) !== undefined,
      deprecated: tag(this.#member, "deprecated", this.#checker),
      doc: description(this.#member, this.#checker),
      returnsDoc: tag(this.#member, "returns", this.#checker) ?? tag(this.#member, "return", this.#checker) ?? "",
    };
  }

  /** How many arguments must be given; those after them may be omitted, and then a Worker's defaults count. */
  #required(parameters: readonly ts.Symbol[]): number {
    let least = parameters.length;
    while (least > 0 && (this.#canBeLeftOut(parameters[least - 1]!) || isRest(parameters[least - 1]!))) least--;
    return least;
  }

  #canBeLeftOut(parameter: ts.Symbol): boolean {
    const declaration = parameter.valueDeclaration;
    if (declaration && ts.isParameter(declaration) && this.#checker.isOptionalParameter(declaration)) return true;
    return mayBeUndefined(this.#checker.getTypeOfSymbol(parameter));
  }

  #parameter(
    parameter: ts.Symbol,
    optional: boolean,
    taken: Set<string>,
    tags: Map<string, NumberType>,
    node: ts.Node | undefined,
  ): Parameter {
    const declaration = parameter.valueDeclaration;
    const destructured = declaration !== undefined && ts.isParameter(declaration) && !ts.isIdentifier(declaration.name);
    const name = destructured ? "options" : parameter.name;
    const numbers = ownNumberTag(parameter) ?? tags.get(parameter.name) ?? "double";
    const place: Place = { hint: this.#hint + capitalized(pascal(name)), numbers, path: name, node };
    const rest = isRest(parameter);
    const declared = this.#checker.getTypeOfSymbol(parameter);
    const type = rest ? this.#element(declared, place) : declared;
    const remote = this.#remote(type, place);
    const middle = !optional && !rest && mayBeUndefined(type);
    const known = middle || optional ? this.#checker.getNonNullableType(type) : type;
    const nullable = isUnionWith(type, TypeFlags.Null);
    const mapped =
      remote ?? withNull(this.#mapper.map(known, place), (nullable && !middle) || (rest && mayBeUndefined(type)));
    if (numbers !== "double" && !holds(mapped, numbers))
      throw new Refused(`${name} is tagged @${numbers} and is not a number`, node);
    requireSendable(mapped, name, node);
    const doc = description(parameter, this.#checker);
    const java = unique(memberName(name), taken);
    return { name: java, type: middle ? { kind: "optional", of: mapped, nullable: false } : mapped, rest, doc };
  }

  #element(type: ts.Type, place: Place): ts.Type {
    if (!this.#checker.isArrayType(type))
      throw new Refused(`${place.path} is a tuple of arguments: write them out`, place.node);
    return this.#checker.getTypeArguments(type as ts.TypeReference)[0]!;
  }

  /** Undefined for nothing. */
  #returns(type: ts.Type, tags: Map<string, NumberType>, node: ts.Node | undefined): JavaType | undefined {
    const checker = this.#checker;
    const value = checker.getAwaitedType(type) ?? type;
    const numbers = tags.get("") ?? "double";
    const place: Place = { hint: `${this.#hint}Result`, numbers, path: "result", node };
    const none = TypeFlags.Void | TypeFlags.Undefined | TypeFlags.Null | TypeFlags.Never;
    const nothing = value.isUnion() ? value.types.every((each) => each.flags & none) : Boolean(value.flags & none);
    const mapped = nothing ? undefined : (this.#remote(value, place) ?? this.#mapper.map(value, place));
    if (numbers !== "double" && (mapped === undefined || !holds(mapped, numbers))) {
      throw new Refused(`is tagged @${numbers} and does not return a number`, node);
    }
    return mapped;
  }

  /** The interface for an object with methods; undefined for data. */
  #remote(type: ts.Type, place: Place): JavaType | undefined {
    const all = type.isUnion() ? type.types : [type];
    const found = all.find((each) => isRemote(each, this.#checker));
    if (found === undefined) return undefined;
    if (all.length > 1) {
      throw refused(
        place,
        "is an object with methods, or something else, which Java can't know before it calls one: throw instead",
      );
    }
    if (kindOf(found, this.#checker) !== "RpcTarget") {
      throw refused(
        place,
        "is a stub, and of what methods return RpcTargets alone can be called: call it by a binding of its own",
      );
    }
    const name = found.symbol?.name ?? "";
    const own = name.startsWith("__") || isDeclaredElsewhere(found.symbol) ? place.hint : name;
    return { kind: "declared", type: this.#targets.target(found, own), nullable: false };
  }
}

function isRest(parameter: ts.Symbol): boolean {
  const declaration = parameter.valueDeclaration;
  return declaration !== undefined && ts.isParameter(declaration) && declaration.dotDotDotToken !== undefined;
}

function mayBeUndefined(type: ts.Type): boolean {
  return isUnionWith(type, TypeFlags.Undefined | TypeFlags.Void);
}

function isUnionWith(type: ts.Type, flags: ts.TypeFlags): boolean {
  return (type.isUnion() ? type.types : [type]).some((each) => each.flags & flags);
}

/** Bytes arrive as a Uint8Array, whatever they were. */
function requireSendable(type: JavaType, name: string, node: ts.Node | undefined): void {
  const seen = new Set<Declared>();
  const holdsBuffer = (each: JavaType): boolean => {
    if (each.kind === "bytes") return each.buffer;
    if ("of" in each) return holdsBuffer(each.of);
    return parts(each).some(within);
  };
  const within = (declared: Declared): boolean => {
    if (seen.has(declared)) return false;
    seen.add(declared);
    if (declared.kind === "record") return declared.components.some((component) => holdsBuffer(component.type));
    return declared.kind === "union" && declared.members.some(within);
  };
  if (holdsBuffer(type))
    throw new Refused(`${name} holds an ArrayBuffer, and bytes arrive as a Uint8Array: write that`, node);
}

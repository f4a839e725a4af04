import ts from "typescript";
import { requireCarried } from "./carried.ts";
import { description, ownNumberTag } from "./docs.ts";
import type { LiveTypes } from "./live.ts";
import type { Callable, Form } from "./members.ts";
import { holds, withNull, type JavaType, type NumberType, type Parameter } from "./model.ts";
import { capitalized, memberName, pascal, unique } from "./names.ts";
import { Refused, type Place } from "./refused.ts";
import type { TypeMapper } from "./types.ts";

const { TypeFlags } = ts;

/** Reads the parameters of one way to call something. */
export class ParameterReader {
  readonly #live: LiveTypes;
  readonly #mapper: TypeMapper;
  readonly #checker: ts.TypeChecker;
  readonly #callable: Callable;
  readonly #form: Form;
  readonly #tags: Map<string, NumberType>;
  readonly #node: ts.Node | undefined;

  constructor(
    live: LiveTypes,
    mapper: TypeMapper,
    callable: Callable,
    form: Form,
    tags: Map<string, NumberType>,
    node: ts.Node | undefined,
  ) {
    this.#live = live;
    this.#mapper = mapper;
    this.#checker = mapper.checker;
    this.#callable = callable;
    this.#form = form;
    this.#tags = tags;
    this.#node = node;
  }

  /**
   * Reads one of them.
   *
   * @param optional whether there is a Java method without it
   */
  read(parameter: ts.Symbol, optional: boolean, taken: Set<string>): Parameter {
    const node = this.#node;
    const name = nameOf(parameter);
    const numbers = ownNumberTag(parameter) ?? this.#tags.get(parameter.name) ?? "double";
    const path = this.#callable.path + name;
    const place: Place = { hint: this.#callable.hint + capitalized(pascal(name)), numbers, path, node };
    const rest = isRest(parameter);
    const declared = this.#checker.getTypeOfSymbol(parameter);
    const type = rest ? this.#element(declared, place) : declared;
    const mapped = this.#type(type, place, { optional, rest, omitted: mayBeOmitted(parameter, this.#checker) });
    if (numbers !== "double" && !holds(mapped, numbers))
      throw new Refused(`${path} is tagged @${numbers} and is not a number`, node);
    requireCarried(mapped, place, this.#form === "callback" ? "received" : "sent", rest);
    return { name: unique(memberName(name), taken), type: mapped, rest, doc: description(parameter, this.#checker) };
  }

  #type(type: ts.Type, place: Place, is: { optional: boolean; rest: boolean; omitted: boolean }): JavaType {
    const isCallback = this.#form === "callback";
    const missing = !is.optional && !is.rest && (mayBeUndefined(type) || is.omitted);
    const known = missing || is.optional ? this.#checker.getNonNullableType(type) : type;
    const isEmpty = missing && !isCallback;
    const nullable =
      (isUnionWith(type, TypeFlags.Null) && !isEmpty) || (is.rest && mayBeUndefined(type)) || (missing && isCallback);
    const asked = this.#mapper.live === undefined ? type : known;
    const live = this.#live.of(asked, place, isCallback ? "received" : "sent", true);
    const mapped = withNull(live ?? this.#mapper.map(known, place), nullable);
    return isEmpty ? { kind: "optional", of: mapped, nullable: false } : mapped;
  }

  #element(type: ts.Type, place: Place): ts.Type {
    if (!this.#checker.isArrayType(type))
      throw new Refused(`${place.path} is a tuple of arguments: write them out`, place.node);
    return this.#checker.getTypeArguments(type as ts.TypeReference)[0]!;
  }
}

function nameOf(parameter: ts.Symbol): string {
  const declaration = parameter.valueDeclaration;
  const destructured = declaration !== undefined && ts.isParameter(declaration) && !ts.isIdentifier(declaration.name);
  return destructured ? "options" : parameter.name;
}

/** Whether a call may leave it out, if none follows that must be given. */
export function mayBeOmitted(parameter: ts.Symbol, checker: ts.TypeChecker): boolean {
  const declaration = parameter.valueDeclaration;
  if (declaration && ts.isParameter(declaration) && checker.isOptionalParameter(declaration)) return true;
  return mayBeUndefined(checker.getTypeOfSymbol(parameter));
}

export function isRest(parameter: ts.Symbol): boolean {
  const declaration = parameter.valueDeclaration;
  return declaration !== undefined && ts.isParameter(declaration) && declaration.dotDotDotToken !== undefined;
}

function mayBeUndefined(type: ts.Type): boolean {
  return isUnionWith(type, TypeFlags.Undefined | TypeFlags.Void);
}

function isUnionWith(type: ts.Type, flags: ts.TypeFlags): boolean {
  return (type.isUnion() ? type.types : [type]).some((each) => each.flags & flags);
}

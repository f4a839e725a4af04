import ts from "typescript";
import { requireCarried, requireReadable } from "./carried.ts";
import { description, numberTags, requireParameters, tag } from "./docs.ts";
import { holds, type JavaType, type Method, type NumberType, type Parameter } from "./model.ts";
import { isRest, mayBeOmitted, ParameterReader } from "./parameters.ts";
import { ownDeclaration, Refused, type Place } from "./refused.ts";
import type { TargetReader } from "./targets.ts";
import type { TypeMapper } from "./types.ts";

const { TypeFlags } = ts;

/** What is called: a method or a getter, or a function. */
export interface Callable {
  /** What its comment and tags are of. */
  readonly symbol: ts.Symbol | undefined;
  readonly wire: string;
  readonly java: string;
  /** The begin of the names of types that have none. */
  readonly hint: string;
  /** Before the names of parameters, for messages: "" for a method. */
  readonly path: string;
  /** The type of numbers that it returns, if it has no tag. */
  readonly numbers: NumberType;
}

/** A method or function of the Worker that Java calls, or one of Java's that the Worker calls. */
export type Form = "method" | "function" | "callback";

/** Reads the ways to call something. */
export class CallableReader {
  readonly #targets: TargetReader;
  readonly #mapper: TypeMapper;
  readonly #callable: Callable;
  readonly #form: Form;
  readonly #tags: Map<string, NumberType>;

  constructor(targets: TargetReader, mapper: TypeMapper, callable: Callable, form: Form) {
    this.#targets = targets;
    this.#mapper = mapper;
    this.#callable = callable;
    this.#form = form;
    this.#tags = callable.symbol === undefined ? new Map() : numberTags(callable.symbol, mapper.checker);
  }

  /** Reads a getter of that type. */
  getter(type: ts.Type): Method {
    const node = ownDeclaration(this.#callable.symbol);
    const returns = this.#returns(type, node);
    if (returns !== undefined) requireReadable(returns, { ...this.#callable, path: "result", node });
    return this.#method([], returns, true, false);
  }

  /** The Java methods of one way to call it: of a method one for each number of optional arguments. */
  read(signature: ts.Signature, counts: Set<number>): Method[] {
    const node = signature.declaration ?? ownDeclaration(this.#callable.symbol);
    if (signature.typeParameters !== undefined) {
      throw new Refused("is generic, and a Java interface is not: write the types out", node);
    }
    const parameters = signature.getParameters();
    requireParameters(
      this.#tags,
      parameters.map((each) => each.name),
      node,
    );
    const taken = new Set<string>();
    const least = this.#required(parameters);
    const reader = new ParameterReader(this.#targets.live, this.#mapper, this.#callable, this.#form, this.#tags, node);
    const read = parameters.map((each, i) => reader.read(each, i >= least, taken));
    const type = signature.getReturnType();
    const returns = this.#returns(type, node);
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
    const later = this.#form === "callback" && this.#targets.async && type.symbol?.name === "Promise";
    return counted.map((length) => this.#method(read.slice(0, length), returns, false, later));
  }

  #method(parameters: readonly Parameter[], returns: JavaType | undefined, property: boolean, later: boolean): Method {
    const { symbol, wire, java, path } = this.#callable;
    const { checker } = this.#mapper;
    const own = (name: string) => (symbol === undefined ? undefined : tag(symbol, name, checker));
    return {
      wire,
      java,
      parameters,
      returns,
      property,
      later,
      idempotent: own("idempotent") !== undefined,
      deprecated: own("deprecated"),
      // Of a function, the interface has it.
      doc: path === "" ? description(symbol, checker) : "",
      returnsDoc: own("returns") ?? own("return") ?? "",
    };
  }

  /** How many arguments must be given; those after them may be omitted, and then a Worker's defaults count. */
  #required(parameters: readonly ts.Symbol[]): number {
    let least = parameters.length;
    if (this.#form !== "method") return least;
    while (least > 0 && (mayBeOmitted(parameters[least - 1]!, this.#mapper.checker) || isRest(parameters[least - 1]!)))
      least--;
    return least;
  }

  /** Undefined for nothing. */
  #returns(type: ts.Type, node: ts.Node | undefined): JavaType | undefined {
    const { hint, path } = this.#callable;
    const value = this.#mapper.checker.getAwaitedType(type) ?? type;
    const numbers = this.#tags.get("") ?? this.#callable.numbers;
    const place: Place = { hint: `${hint}Result`, numbers, path: `${path}result`, node };
    const none = TypeFlags.Void | TypeFlags.Undefined | TypeFlags.Null | TypeFlags.Never;
    const nothing = value.isUnion() ? value.types.every((each) => each.flags & none) : Boolean(value.flags & none);
    const mapped = nothing ? undefined : this.#value(value, place);
    if (numbers !== "double" && (mapped === undefined || !holds(mapped, numbers))) {
      throw new Refused(`is tagged @${numbers} and does not return a number`, node);
    }
    return mapped;
  }

  #value(type: ts.Type, place: Place): JavaType {
    const isCallback = this.#form === "callback";
    const way = isCallback ? "sent" : "received";
    const mapped = this.#targets.live.of(type, place, way, isCallback) ?? this.#mapper.map(type, place);
    requireCarried(mapped, place, way);
    return mapped;
  }
}

import ts from "typescript";
import { kindOf } from "./classes.ts";
import { description } from "./docs.ts";
import { CallableReader } from "./members.ts";
import type { JavaType, TargetType } from "./model.ts";
import { isDeclaredElsewhere, refused, type Place } from "./refused.ts";
import type { TargetReader } from "./targets.ts";
import { isFunction, isObjectOfMethods, isRemote, ownPart, stubbed } from "./type-tests.ts";
import type { TypeMapper } from "./types.ts";

const { TypeFlags } = ts;

/** Which way a value goes: to the Worker, or from it. */
export type Way = "sent" | "received";

/** Maps what is called at the side that it is from: objects of classes, and in sessions functions and objects of methods. */
export class LiveTypes {
  readonly #targets: TargetReader;
  readonly #mapper: TypeMapper;
  readonly #session: boolean;

  constructor(targets: TargetReader, mapper: TypeMapper, session: boolean) {
    this.#targets = targets;
    this.#mapper = mapper;
    this.#session = session;
  }

  /**
   * Returns the interface of an argument or a result; undefined for data.
   *
   * @param hasValue whether Java gets a value, which may be null, and not a stub before there is one
   */
  of(type: ts.Type, place: Place, way: Way, hasValue: boolean): JavaType | undefined {
    const all = type.isUnion() ? type.types : [type];
    const some = this.#session ? all.filter((each) => !(each.flags & (TypeFlags.Undefined | TypeFlags.Null))) : all;
    const found = some.find((each) => this.#isLive(each));
    if (found === undefined) return undefined;
    if (some.length > 1 || (!hasValue && all.length > 1)) {
      throw refused(
        place,
        "is an object with methods, or something else, which Java can't know before it calls one: throw instead",
      );
    }
    if (hasValue && way === "received") this.#requireRemote(found, place);
    const made = this.#target(found, place, way);
    return { kind: "declared", type: made, nullable: all.length > 1 };
  }

  /** The interface of what data received in a session holds; undefined for data. */
  inside(type: ts.Type, place: Place): JavaType | undefined {
    this.#requireRemote(type, place);
    const own = this.#own(type);
    if (!isFunction(own) && kindOf(own, this.#mapper.checker) !== "RpcTarget") return undefined;
    return { kind: "declared", type: this.#target(own, place, "received"), nullable: false };
  }

  /** A plain object comes as data with functions in it, unlike one of a class that implements the same interface. */
  #requireRemote(type: ts.Type, place: Place): void {
    if (isObjectOfMethods(this.#own(type), this.#mapper.checker)) {
      throw refused(place, "is an object of functions, which may arrive as data: let its class extend RpcTarget");
    }
  }

  #isLive(type: ts.Type): boolean {
    const own = this.#own(type);
    const { checker } = this.#mapper;
    return isRemote(own, checker) || (this.#session && (isFunction(own) || isObjectOfMethods(own, checker)));
  }

  #target(type: ts.Type, place: Place, way: Way): TargetType {
    const own = this.#own(type);
    const { checker } = this.#mapper;
    if (isFunction(own) && !isRemote(own, checker)) return this.#function(own, place, way);
    if (isRemote(own, checker) && kindOf(own, checker) !== "RpcTarget") {
      throw refused(
        place,
        "is a stub, and of what methods return RpcTargets alone can be called: call it by a binding of its own",
      );
    }
    return this.#targets.target(own, this.#name(own, place), way === "sent" && !isRemote(own, checker));
  }

  /** What a stub is of. */
  #own(type: ts.Type): ts.Type {
    const { checker } = this.#mapper;
    return this.#session ? (stubbed(type, checker) ?? ownPart(type, checker)) : type;
  }

  #name({ symbol }: ts.Type, place: Place): string {
    const name = symbol?.name ?? "";
    return name.startsWith("__") || isDeclaredElsewhere(symbol) ? place.hint : name;
  }

  /** Is read at once: without its method it would not be a function. */
  #function(type: ts.Type, place: Place, way: Way): TargetType {
    const { checker, names } = this.#mapper;
    const alias = names.aliasOf(type);
    const target: TargetType = {
      kind: "target",
      wanted: alias === undefined ? place.hint : names.nameOf(type, place.hint),
      name: "",
      doc: description(alias, checker),
      isFunction: true,
      isGiven: way === "sent",
      isCloseable: way !== "sent",
      methods: [],
      missing: [],
    };
    const key = `function ${(type as ts.Type & { id: number }).id} ${way} ${place.numbers}`;
    return this.#mapper.declare(key, target, (made) => {
      const { numbers, path } = place;
      const callable = { symbol: alias, wire: "call", java: "call", hint: made.wanted, path: `${path}.`, numbers };
      const reader = new CallableReader(
        this.#targets,
        this.#mapper,
        callable,
        way === "sent" ? "callback" : "function",
      );
      const signatures = type.getCallSignatures();
      if (signatures.length > 1) throw refused(place, "is a function with overloads: write one of them");
      made.methods.push(...signatures.flatMap((each) => reader.read(each, new Set())));
    });
  }
}

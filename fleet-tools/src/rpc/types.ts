import ts from "typescript";
import { fetchType } from "./fetch-types.ts";
import type { LiveTypes } from "./live.ts";
import { sameType, withNull, type Declared, type JavaType } from "./model.ts";
import type { Source } from "./program.ts";
import { recordOf } from "./records.ts";
import { REFUSALS, refusalOf } from "./refusals.ts";
import { inside, isDeclaredElsewhere, refused, type Place } from "./refused.ts";
import { TypeNames } from "./type-names.ts";
import { isInt, isNumberLike, isRemote, isStringLike, ownPart } from "./type-tests.ts";
import { mapUnion } from "./unions.ts";

const { TypeFlags } = ts;

/** Maps TypeScript types to Java types. Each declared type is made once. */
export class TypeMapper {
  readonly checker: ts.TypeChecker;
  readonly names: TypeNames;
  /** Set for sessions, in which data received may hold what is called. */
  live: LiveTypes | undefined;
  readonly #made = new Map<ts.Type | string, Declared>();

  constructor(source: Source) {
    this.checker = source.checker;
    this.names = new TypeNames(source);
  }

  /** Runs `work`; forgets the types that it began if it is refused. */
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
    const live = this.live?.inside(type, place);
    if (live !== undefined) return live;
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
      const data = ownPart(type, this.checker);
      if (data !== type) return this.map(data, place);
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
    const fetched =
      this.live && fetchType(name, type, place, checker, (chunk) => this.map(chunk, inside(place, "[]", "")));
    if (fetched !== undefined) return fetched;
    const refusal = refusalOf(name, this.live !== undefined);
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
    return { kind: "declared", type: recordOf(this, type, place), nullable: false };
  }

  #requireData(type: ts.Type, place: Place): void {
    if (isRemote(type, this.checker)) {
      const inSession = this.live === undefined ? ", or in an object for sessions (--session)" : "";
      throw refused(
        place,
        `is a live object, which can't be had inside of data: return it by a method of its own${inSession}`,
      );
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
}

function article(name: string): string {
  return /^[AEIO]/.test(name) ? "an" : "a";
}

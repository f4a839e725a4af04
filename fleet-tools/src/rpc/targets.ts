import ts from "typescript";
import { RESERVED_METHODS } from "../reserved-methods.ts";
import { kindOf } from "./classes.ts";
import { description } from "./docs.ts";
import { LiveTypes } from "./live.ts";
import { CallableReader, type Callable, type Form } from "./members.ts";
import type { Method, TargetType } from "./model.ts";
import { capitalized, memberName, OF_EVERY_OBJECT, pascal, unique } from "./names.ts";
import { ownDeclaration, Refused } from "./refused.ts";
import type { TypeMapper } from "./types.ts";

const { ModifierFlags, SymbolFlags } = ts;

export interface Problem {
  readonly node: ts.Node | undefined;
  readonly message: string;
}

/** An interface whose methods are to be read. */
interface Asked {
  readonly type: ts.Type;
  readonly target: TargetType;
  readonly form: Form;
}

/** Reads the methods of classes that are called by RPC, and of objects that Java gives the Worker to call. */
export class TargetReader {
  readonly #mapper: TypeMapper;
  readonly #checker: ts.TypeChecker;
  readonly #targets = new Map<string, Asked>();
  readonly #session: boolean;
  readonly async: boolean;
  readonly live: LiveTypes;
  readonly problems: Problem[] = [];

  constructor(mapper: TypeMapper, { async = false, session = false }: { async?: boolean; session?: boolean }) {
    this.#mapper = mapper;
    this.#checker = mapper.checker;
    this.#session = session;
    this.async = async;
    this.live = new LiveTypes(this, mapper, session);
    if (session) mapper.live = this.live;
  }

  /** Returns the interface of a class that the Worker exports. It has its methods after `readAll`. */
  main(type: ts.Type, name: string): TargetType {
    return this.#asked(type, name, false);
  }

  /**
   * Returns the interface of what a method returns or is given, made once.
   *
   * @param given whether Java implements it, and the Worker calls it
   */
  target(type: ts.Type, name: string, given: boolean): TargetType {
    const target = this.#asked(type, name, given);
    if (this.#session && (!given || isDisposable(type, this.#checker))) target.isCloseable = true;
    return target;
  }

  #asked(type: ts.Type, name: string, given: boolean): TargetType {
    const key = `${(type as ts.Type & { id: number }).id} ${given}`;
    const known = this.#targets.get(key);
    if (known !== undefined) return known.target;
    const target: TargetType = {
      kind: "target",
      wanted: name,
      name: "",
      doc: description(type.symbol, this.#checker),
      isFunction: false,
      isGiven: given,
      isCloseable: false,
      methods: [],
      missing: [],
    };
    this.#targets.set(key, { type, target, form: given ? "callback" : "method" });
    return target;
  }

  /** Reads the methods of all that were asked for, and of what they return. */
  readAll(): void {
    const main = this.#targets.size;
    // A map's loop goes on to what is added meanwhile.
    let n = 0;
    for (const [, asked] of this.#targets) this.#read(asked, n++ < main ? "" : asked.target.wanted);
  }

  #read(asked: Asked, hint: string): void {
    const { type, target } = asked;
    const members = this.#checker.getPropertiesOfType(type);
    const names = new Set(members.map((member) => member.name));
    const taken = new Set<string>();
    const kind = kindOf(type, this.#checker);
    const closes = this.#session && (kind === undefined || kind === "RpcTarget");
    for (const member of members) {
      if (isCallable(member, kind === undefined)) {
        const name = closes && member.name === "close" ? "close_" : memberName(member.name);
        const [wire, java] = [member.name, unique(name, taken)];
        const own = { symbol: member, wire, java, hint: hint + capitalized(pascal(wire)), path: "" };
        const callable = { ...own, numbers: "double" as const };
        this.#add(asked, callable, names);
      } else if (isFunctionField(member, this.#checker)) {
        target.missing.push(`${member.name}: a field can't be called by RPC; make it a method`);
      }
    }
  }

  #add({ target, form }: Asked, callable: Callable & { symbol: ts.Symbol }, names: Set<string>): void {
    const { symbol: member, java } = callable;
    const reader = new CallableReader(this, this.#mapper, callable, form);
    const isLater = this.async && form === "method";
    const counts = new Set<number>();
    const type = this.#checker.getTypeOfSymbol(member);
    const isGetter = Boolean(member.flags & SymbolFlags.GetAccessor);
    // An optional method has undefined in its type.
    const signatures = isGetter ? [undefined] : this.#checker.getNonNullableType(type).getCallSignatures();
    for (const signature of signatures) {
      try {
        const read = () => (signature === undefined ? [reader.getter(type)] : reader.read(signature, counts));
        for (const method of this.#mapper.attempt(read)) {
          target.methods.push(method);
          if (isLater && canBeLater(method) && !names.has(`${java}Async`)) target.methods.push(later(method));
        }
      } catch (e) {
        if (!(e instanceof Refused)) throw e;
        const message = `${target.wanted}.${member.name}: ${e.message}`;
        this.problems.push({ node: e.node ?? ownDeclaration(member), message });
        target.missing.push(`${member.name}: ${e.message}`);
      }
    }
  }
}

function isDisposable(type: ts.Type, checker: ts.TypeChecker): boolean {
  return checker.getPropertiesOfType(type).some((member) => member.name.startsWith("__@dispose"));
}

/** `isObject`: its fields are called too, as those of an object that holds functions. */
function isCallable(member: ts.Symbol, isObject: boolean): boolean {
  if (RESERVED_METHODS.has(member.name) || OF_EVERY_OBJECT.has(member.name) || isHidden(member.name)) return false;
  const kinds = SymbolFlags.Method | SymbolFlags.GetAccessor | (isObject ? SymbolFlags.Property : 0);
  return Boolean(member.flags & kinds) && isOwnAndPublic(member);
}

function isFunctionField(member: ts.Symbol, checker: ts.TypeChecker): boolean {
  if (!(member.flags & SymbolFlags.Property) || isHidden(member.name) || !isOwnAndPublic(member)) return false;
  return checker.getTypeOfSymbol(member).getCallSignatures().length > 0;
}

/** Whether it is the name of a #private member, none, or stands for a symbol. */
function isHidden(name: string): boolean {
  return name === "" || name.startsWith("#") || name.startsWith("__");
}

function isOwnAndPublic(member: ts.Symbol): boolean {
  const hidden = ModifierFlags.Private | ModifierFlags.Protected | ModifierFlags.Static;
  const declarations = member.declarations ?? [];
  return (
    ownDeclaration(member) !== undefined && !declarations.some((each) => ts.getCombinedModifierFlags(each) & hidden)
  );
}

function canBeLater(method: Method): boolean {
  return !method.property && !(method.returns?.kind === "declared" && method.returns.type.kind === "target");
}

function later(method: Method): Method {
  return { ...method, java: `${method.java}Async`, later: true };
}

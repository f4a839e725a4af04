import ts from "typescript";
import { RESERVED_METHODS } from "../reserved-methods.ts";
import { description } from "./docs.ts";
import { MemberReader } from "./members.ts";
import type { Method, TargetType } from "./model.ts";
import { memberName, OF_EVERY_OBJECT, unique } from "./names.ts";
import { ownDeclaration, Refused } from "./refused.ts";
import type { TypeMapper } from "./types.ts";

const { ModifierFlags, SymbolFlags } = ts;

export interface Problem {
  readonly node: ts.Node | undefined;
  readonly message: string;
}

/** Reads the methods of classes that are called by RPC. */
export class TargetReader {
  readonly #mapper: TypeMapper;
  readonly #checker: ts.TypeChecker;
  readonly #targets = new Map<ts.Type, TargetType>();
  readonly #async: boolean;
  readonly problems: Problem[] = [];

  constructor(mapper: TypeMapper, async: boolean) {
    this.#mapper = mapper;
    this.#checker = mapper.checker;
    this.#async = async;
  }

  /** Returns the interface of a class, made once. It has its methods after `readAll`. */
  target(type: ts.Type, name: string): TargetType {
    const known = this.#targets.get(type);
    if (known !== undefined) return known;
    const doc = description(type.symbol, this.#checker);
    const target: TargetType = { kind: "target", wanted: name, name: "", doc, methods: [], missing: [] };
    this.#targets.set(type, target);
    return target;
  }

  /** Reads the methods of all that were asked for, and of what they return. */
  readAll(): void {
    const main = this.#targets.size;
    // A map's loop goes on to what is added meanwhile.
    let n = 0;
    for (const [type, target] of this.#targets) this.#read(type, target, n++ < main ? "" : target.wanted);
  }

  #read(type: ts.Type, target: TargetType, hint: string): void {
    const members = this.#checker.getPropertiesOfType(type);
    const names = new Set(members.map((member) => member.name));
    const taken = new Set<string>();
    for (const member of members) {
      if (isCallable(member)) this.#add(target, member, unique(memberName(member.name), taken), names, hint);
      else if (isFunctionField(member, this.#checker)) {
        target.missing.push(`${member.name}: a field can't be called by RPC; make it a method`);
      }
    }
  }

  #add(target: TargetType, member: ts.Symbol, java: string, names: Set<string>, hint: string): void {
    const reader = new MemberReader(this, this.#mapper, member, java, hint);
    const counts = new Set<number>();
    for (const signature of reader.signatures()) {
      try {
        for (const method of this.#mapper.attempt(() => reader.read(signature, counts))) {
          target.methods.push(method);
          if (this.#async && canBeLater(method) && !names.has(`${java}Async`)) target.methods.push(later(method));
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

function isCallable(member: ts.Symbol): boolean {
  if (RESERVED_METHODS.has(member.name) || OF_EVERY_OBJECT.has(member.name) || isHidden(member.name)) return false;
  return Boolean(member.flags & (SymbolFlags.Method | SymbolFlags.GetAccessor)) && isOwnAndPublic(member);
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

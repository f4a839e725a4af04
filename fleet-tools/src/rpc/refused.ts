import type ts from "typescript";
import type { NumberType } from "./model.ts";

/** Says why a method can't be called from Java. */
export class Refused extends Error {
  /** Where the reason stands, if it is in the user's own source. */
  readonly node: ts.Node | undefined;

  constructor(message: string, node?: ts.Node) {
    super(message);
    this.node = node;
  }
}

/** What a type is mapped for. */
export interface Place {
  /** The name of a type that has none. */
  readonly hint: string;
  readonly numbers: NumberType;
  /** As `order.lines[]`, for messages. */
  readonly path: string;
  readonly node: ts.Node | undefined;
}

export function refused(place: Place, why: string): Refused {
  return new Refused(`${place.path} ${why}`, place.node);
}

/** The place of what a value holds. */
export function inside(place: Place, suffix: string, name: string): Place {
  return { ...place, path: place.path + suffix, hint: place.hint + name };
}

/** The first declaration of a symbol that the user can change. */
export function ownDeclaration(symbol: ts.Symbol | undefined): ts.Declaration | undefined {
  return symbol?.declarations?.find((declaration) => !declaration.getSourceFile().isDeclarationFile);
}

/** Whether a symbol is a library's or the runtime's. */
export function isDeclaredElsewhere(symbol: ts.Symbol | undefined): boolean {
  return symbol?.declarations?.some((declaration) => declaration.getSourceFile().isDeclarationFile) ?? false;
}

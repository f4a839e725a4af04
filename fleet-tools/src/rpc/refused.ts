import type ts from "typescript";

/** Says why a method can't be called from Java. */
export class Refused extends Error {
  /** Where the reason stands, if it is in the user's own source. */
  readonly node: ts.Node | undefined;

  constructor(message: string, node?: ts.Node) {
    super(message);
    this.node = node;
  }
}

/** The first declaration of a symbol that the user can change. */
export function ownDeclaration(symbol: ts.Symbol | undefined): ts.Declaration | undefined {
  return symbol?.declarations?.find((declaration) => !declaration.getSourceFile().isDeclarationFile);
}

/** Whether a symbol is a library's or the runtime's. */
export function isDeclaredElsewhere(symbol: ts.Symbol | undefined): boolean {
  return symbol?.declarations?.some((declaration) => declaration.getSourceFile().isDeclarationFile) ?? false;
}

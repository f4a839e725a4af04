import { forbidden, malformed } from "./batch-error.js";
import type { Exports, Shape } from "./batch-exports.js";
import { checkProperty, named, pathOf, type Path } from "./batch-path.js";
import { readArguments, type Reference } from "./batch-value.js";

/** A call of one method. */
export interface Call {
  /** What it is called on: 0 is the main object. */
  readonly id: number;
  readonly name: string;
  /** Data, in which the references are not filled in yet. */
  readonly args: unknown[];
  readonly references: readonly Reference[];
  readonly returnsObject: boolean;
}

/** A property of an earlier result. */
export interface Property {
  readonly id: number;
  readonly path: Path;
}

/** Reads a pushed expression. */
export function readPush(expression: unknown, exports: Exports): Call | Property {
  if (!Array.isArray(expression) || expression[0] !== "pipeline" || expression.length < 3 || expression.length > 4) {
    throw malformed(
      `A pushed expression must be ["pipeline", id, [name], [arguments]]: a call, or a property without arguments.`,
    );
  }
  const [, id, path, args] = expression as unknown[];
  const of = exports.target(id);
  const names = pathOf(path);
  if (names.length === 0) throw malformed("A pushed expression names neither a method nor a property.");
  if (expression.length === 3) {
    checkProperty(of, names);
    exports.add("data");
    return { id: id as number, path: names };
  }
  const returned = called(of, names);
  if (!Array.isArray(args)) throw malformed("The arguments of a call must be an array.");
  const references = readArguments(args, exports);
  exports.add(returned);
  return { id: id as number, name: names[0] as string, args, references, returnsObject: returned !== "data" };
}

function called(of: Shape, names: Path): Shape {
  if (of === "data") {
    throw forbidden(
      `${named(names)} is called on a result that BINDINGS says is data: list it under "returns" of the method.`,
    );
  }
  const [name, ...further] = names;
  if (typeof name !== "string" || further.length > 0 || !of.methods.has(name)) {
    throw forbidden(`${named(names)} is not listed under "methods" of this binding in BINDINGS.`);
  }
  const returned = of.methods.get(name);
  return returned === undefined ? "data" : { methods: returned };
}

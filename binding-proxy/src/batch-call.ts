import { forbidden, malformed } from "./batch-error.js";
import type { Exports, Shape } from "./batch-exports.js";
import { checkProperty, named, pathOf, type Path } from "./batch-path.js";
import { readArguments, type Callback, type Reference } from "./batch-value.js";
import type { Callbacks, Method } from "./config-methods.js";

/** A call of one method. */
export interface Call {
  /** What it is called on: 0 is the main object. */
  readonly id: number;
  readonly name: string;
  /** Data, in which the references are not filled in yet. */
  readonly args: unknown[];
  readonly references: readonly Reference[];
  /** The caller's own functions or objects among the arguments, not filled in yet either. */
  readonly callbacks: readonly Callback[];
  readonly accepted: Callbacks | undefined;
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
  const { returns, callbacks: accepted } = called(of, names);
  if (!Array.isArray(args)) throw malformed("The arguments of a call must be an array.");
  const { references, callbacks } = readArguments(args, exports, exports.hasWayBack ? accepted : undefined);
  exports.add(returns === undefined ? "data" : { methods: returns });
  const returnsObject = returns !== undefined;
  return { id: id as number, name: names[0] as string, args, references, callbacks, accepted, returnsObject };
}

function called(of: Shape, names: Path): Method {
  if (of === "data") {
    throw forbidden(
      `${named(names)} is called on a result that BINDINGS says is data: list it under "returns" of the method.`,
    );
  }
  const [name, ...further] = names;
  if (typeof name !== "string" || further.length > 0 || !of.methods.has(name)) {
    throw forbidden(`${named(names)} is not listed under "methods" of this binding in BINDINGS.`);
  }
  return of.methods.get(name) as Method;
}

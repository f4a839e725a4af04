/** What the Java files are written from. */

export type NumberType = "double" | "int" | "long";

/** What has a body that is a stream. */
export type MessageType = "RpcBlob" | "RpcRequest" | "RpcResponse";

export type JavaType = { readonly nullable: boolean } & (
  | { readonly kind: "primitive"; readonly name: "boolean" | NumberType }
  | { readonly kind: "object"; readonly name: "String" | "BigInteger" | "Instant" | "Object" | MessageType }
  /** `buffer`: an ArrayBuffer, which can be returned but not sent. */
  | { readonly kind: "bytes"; readonly buffer: boolean }
  /** `ofBytes`: Java may write it too, since its chunks are a Uint8Array. */
  | { readonly kind: "stream"; readonly name: "InputStream" | "OutputStream"; readonly ofBytes: boolean }
  | { readonly kind: "publisher"; readonly chunk: JavaType }
  | { readonly kind: "list" | "map" | "optional"; readonly of: JavaType }
  | { readonly kind: "declared"; readonly type: Declared }
);

export type Declared = RecordType | EnumType | UnionType | TargetType;

interface Named {
  /** The name to have if it is free; `name` is set when all types are known. */
  wanted: string;
  name: string;
  doc: string;
}

export interface RecordType extends Named {
  readonly kind: "record";
  readonly components: Component[];
  /** Members of which there is one value alone. */
  readonly constants: Constant[];
  unions: UnionType[];
}

export interface Component {
  readonly wire: string;
  readonly java: string;
  readonly type: JavaType;
  /** Whether it may be omitted, so that null is not sent. */
  readonly optional: boolean;
  readonly doc: string;
}

export type Literal = string | number | boolean;

export interface Constant {
  readonly wire: string;
  readonly java: string;
  readonly value: Literal;
}

export interface EnumType extends Named {
  readonly kind: "enum";
  readonly constants: readonly { readonly name: string; readonly value: string | number; readonly doc: string }[];
}

/** Objects that a member tells apart. */
export interface UnionType extends Named {
  readonly kind: "union";
  readonly tag: { readonly wire: string; readonly java: string };
  readonly members: RecordType[];
}

/** What is called: a class that the Worker exports, what a method of one returns, or what is given to one. */
export interface TargetType extends Named {
  readonly kind: "target";
  /** Whether it stands for a function, and has one method. */
  readonly isFunction: boolean;
  /** Whether Java implements it, and the Worker calls it. */
  readonly isGiven: boolean;
  /** Whether it has a `close()`, which releases it. */
  isCloseable: boolean;
  readonly methods: Method[];
  /** Comments on what is not there. */
  readonly missing: string[];
}

export interface Method {
  readonly wire: string;
  readonly java: string;
  readonly parameters: readonly Parameter[];
  readonly returns: JavaType | undefined;
  readonly property: boolean;
  /** Whether it returns a CompletableFuture. */
  readonly later: boolean;
  readonly idempotent: boolean;
  readonly deprecated: string | undefined;
  readonly doc: string;
  readonly returnsDoc: string;
}

export interface Parameter {
  readonly name: string;
  readonly type: JavaType;
  readonly rest: boolean;
  readonly doc: string;
}

/** The types that a type is made of, its own name among them. */
export function parts(type: JavaType): readonly Declared[] {
  if (type.kind === "declared") return [type.type];
  if (type.kind === "publisher") return parts(type.chunk);
  return type.kind === "list" || type.kind === "map" || type.kind === "optional" ? parts(type.of) : [];
}

/** The types that a declared type needs beside it. */
export function needs(declared: Declared): readonly Declared[] {
  switch (declared.kind) {
    case "record":
      return [...declared.components.flatMap((component) => parts(component.type)), ...declared.unions];
    case "union":
      return declared.members;
    case "target":
      return declared.methods.flatMap((method) => [
        ...method.parameters.flatMap((parameter) => parts(parameter.type)),
        ...(method.returns === undefined ? [] : parts(method.returns)),
      ]);
    case "enum":
      return [];
  }
}

export function withNull(type: JavaType, nullable: boolean): JavaType {
  return nullable ? { ...type, nullable } : type;
}

/** Whether two types are the same, but for null in them. */
export function sameType(a: JavaType, b: JavaType): boolean {
  if (a.kind === "declared" || b.kind === "declared")
    return a.kind === b.kind && (a as { type: unknown }).type === (b as { type: unknown }).type;
  if (a.kind === "publisher" && b.kind === "publisher") return sameType(a.chunk, b.chunk);
  if ("of" in a || "of" in b) return a.kind === b.kind && "of" in a && "of" in b && sameType(a.of, b.of);
  return a.kind === b.kind && ("name" in a ? a.name : "") === ("name" in b ? b.name : "");
}

/** Whether a type holds a number of that Java type, in lists and maps too, or is a function that returns one. */
export function holds(type: JavaType, name: NumberType): boolean {
  if ("of" in type) return holds(type.of, name);
  if (type.kind === "publisher") return holds(type.chunk, name);
  if (type.kind === "declared" && type.type.kind === "target" && type.type.isFunction) {
    return type.type.methods.some(({ returns }) => returns !== undefined && holds(returns, name));
  }
  return type.kind === "primitive" && type.name === name;
}

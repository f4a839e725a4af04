import ts from "typescript";
import type { JavaType } from "./model.ts";
import { isDeclaredElsewhere, refused, type Place } from "./refused.ts";
import { isStringLike } from "./type-tests.ts";

const MESSAGES = { Request: "RpcRequest", Response: "RpcResponse", Blob: "RpcBlob" } as const;
const STREAMS = { ReadableStream: "InputStream", WritableStream: "OutputStream" } as const;

/** What Java reads as bytes, though it sends them as a Uint8Array. */
const READ_AS_BYTES = new Set(["ArrayBuffer", "DataView", "Int8Array", "Uint8ClampedArray"]);

/**
 * The Java type of what a session alone carries: streams, and the runtime's types with a body. Undefined for others.
 *
 * @param chunkType makes the Java type of a stream's chunks
 */
export function fetchType(
  name: string,
  type: ts.Type,
  place: Place,
  checker: ts.TypeChecker,
  chunkType: (chunk: ts.Type) => JavaType,
): JavaType | undefined {
  if (isKey(MESSAGES, name)) return { kind: "object", name: MESSAGES[name], nullable: false };
  if (!isKey(STREAMS, name)) return undefined;
  const chunk = checker.getTypeArguments(type as ts.TypeReference)[0];
  const kinds = (chunk?.isUnion() ? chunk.types : [chunk]).map(chunkOf);
  if (chunk !== undefined && kinds.includes("object")) {
    if (name === "ReadableStream") return { kind: "publisher", chunk: chunkType(chunk), nullable: false };
    throw refused(
      place,
      `is a ${name} of ${checker.typeToString(chunk)}, and an OutputStream takes bytes: use a ReadableStream, the other way round`,
    );
  }
  return { kind: "stream", name: STREAMS[name], ofBytes: !kinds.includes("read"), nullable: false };
}

function chunkOf(type: ts.Type | undefined): "bytes" | "read" | "object" {
  if (type === undefined || type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return "bytes";
  if (isStringLike(type)) return "read";
  const name = isDeclaredElsewhere(type.symbol) ? type.symbol.name : "";
  if (name === "Uint8Array") return "bytes";
  return READ_AS_BYTES.has(name) ? "read" : "object";
}

function isKey<T extends object>(of: T, name: string): name is Extract<keyof T, string> {
  return Object.hasOwn(of, name);
}

import type { Way } from "./live.ts";
import type { Declared, JavaType, TargetType } from "./model.ts";
import { refused, type Place } from "./refused.ts";

const ALONE = "which Java can't have in a list, a map, an Optional or varargs: put it into an object, or give it alone";
const PLAIN = "holds a stream whose chunks hold a stream, a function or a live object: let them be data";
const BYTES = "has chunks that are not a Uint8Array, and Java sends no others: write that";

/** Refuses what the Java library does not carry that way, although there is a Java type for it. */
export function requireCarried(type: JavaType, place: Place, way: Way, rest = false): void {
  const isGroup = "of" in type;
  const element = elementOf(type);
  if ((isGroup || rest) && isStream(element)) throw refused(place, `holds a stream, ${ALONE}`);
  if ((isGroup && isLive(element)) || (rest && isLive(element) && element.type.isGiven)) {
    throw refused(place, `holds a function or a live object, ${ALONE}`);
  }
  if (type.kind === "optional" && isMessage(element)) throw refused(place, `holds a ${element.name}, ${ALONE}`);
  for (const { held, inside } of contents(type)) {
    const why = reason(held, way, inside);
    if (why !== undefined) throw refused(place, why);
  }
}

/** Refuses what capnweb does not send when a property is read. */
export function requireReadable(type: JavaType, place: Place): void {
  const streams = (held: JavaType) => isStream(held) || (isMessage(held) && held.name !== "RpcBlob");
  if (contents(type).some(({ held }) => streams(held))) {
    throw refused(place, "holds a stream, which Cap'n Web sends from methods, and not from getters: make it a method");
  }
}

function elementOf(type: JavaType): JavaType {
  return "of" in type ? elementOf(type.of) : type;
}

function reason(type: JavaType, way: Way, inside: boolean): string | undefined {
  if (type.kind === "bytes" && type.buffer && way === "sent") {
    return "holds an ArrayBuffer, and bytes arrive as a Uint8Array: write that";
  }
  // Of an OutputStream that was received, Java is the writer.
  if (type.kind === "stream" && !type.ofBytes && (type.name === "InputStream") === (way === "sent")) return BYTES;
  if (type.kind === "publisher" && contents(type.chunk).some(({ held }) => !isData(held))) return PLAIN;
  return isLive(type) && inside && way === "sent"
    ? "holds a function or a live object, which Java can't send inside of data: make it a parameter of its own"
    : undefined;
}

/** What there is in a value: itself, or its elements; and `inside` of them. */
function contents(type: JavaType, inside = false, seen = new Set<Declared>()): { held: JavaType; inside: boolean }[] {
  const held = elementOf(type);
  if (held.kind !== "declared" || seen.has(held.type)) return [{ held, inside }];
  seen.add(held.type);
  return [{ held, inside }, ...heldBy(held.type).flatMap((each) => contents(each, true, seen))];
}

function heldBy(declared: Declared): readonly JavaType[] {
  if (declared.kind === "union") return declared.members.flatMap(heldBy);
  return declared.kind === "record" ? declared.components.map((component) => component.type) : [];
}

function isLive(type: JavaType): type is JavaType & { kind: "declared"; type: TargetType } {
  return type.kind === "declared" && type.type.kind === "target";
}

function isStream(type: JavaType): boolean {
  return type.kind === "stream" || type.kind === "publisher";
}

function isData(type: JavaType): boolean {
  return !isStream(type) && !isLive(type) && !isMessage(type);
}

function isMessage(type: JavaType): type is JavaType & { kind: "object" } {
  return type.kind === "object" && ["RpcBlob", "RpcRequest", "RpcResponse"].includes(type.name);
}

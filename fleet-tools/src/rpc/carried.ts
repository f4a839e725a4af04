import type { Way } from "./live.ts";
import type { Declared, JavaType } from "./model.ts";
import { refused, type Place } from "./refused.ts";

const ALONE = "which Java can't have in a list, a map, an Optional or varargs: put it into an object, or give it alone";
const BYTES = "has chunks that are not a Uint8Array, and Java sends no others: write that";

/** Refuses what the Java library does not carry that way, although there is a Java type for it. */
export function requireCarried(type: JavaType, place: Place, way: Way, rest = false): void {
  const grouped = rest || "of" in type;
  const element = elementOf(type);
  if (grouped && element.kind === "stream") throw refused(place, `holds a stream, ${ALONE}`);
  if (grouped && isLive(element)) throw refused(place, `holds a function or a live object, ${ALONE}`);
  if (type.kind === "optional" && isMessage(element)) throw refused(place, `holds a ${element.name}, ${ALONE}`);
  const why = reason(type, way, false, new Set());
  if (why !== undefined) throw refused(place, why);
}

function elementOf(type: JavaType): JavaType {
  return "of" in type ? elementOf(type.of) : type;
}

function reason(type: JavaType, way: Way, inside: boolean, seen: Set<Declared>): string | undefined {
  const each = elementOf(type);
  if (each.kind === "bytes" && each.buffer && way === "sent") {
    return "holds an ArrayBuffer, and bytes arrive as a Uint8Array: write that";
  }
  // Of an OutputStream that was received, Java is the writer.
  if (each.kind === "stream" && !each.ofBytes && (each.name === "InputStream") === (way === "sent")) return BYTES;
  if (each.kind !== "declared" || seen.has(each.type)) return undefined;
  if (isLive(each)) {
    return inside && way === "sent"
      ? "holds a function or a live object, which Java can't send inside of data: make it a parameter of its own"
      : undefined;
  }
  seen.add(each.type);
  for (const held of heldBy(each.type)) {
    const why = reason(held, way, true, seen);
    if (why !== undefined) return why;
  }
  return undefined;
}

function heldBy(declared: Declared): readonly JavaType[] {
  if (declared.kind === "union") return declared.members.flatMap(heldBy);
  return declared.kind === "record" ? declared.components.map((component) => component.type) : [];
}

function isLive(type: JavaType): boolean {
  return type.kind === "declared" && type.type.kind === "target";
}

function isMessage(type: JavaType): type is JavaType & { kind: "object" } {
  return type.kind === "object" && ["RpcBlob", "RpcRequest", "RpcResponse"].includes(type.name);
}

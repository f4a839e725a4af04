const IN_SESSION = "or write it for sessions (--session)";
const STREAM = `and a stream can't be sent in a batch: send bytes (Uint8Array), serve it by fetch, ${IN_SESSION}`;
const ANSWER = `which can't be sent in a batch: return its text or bytes, serve it by fetch, ${IN_SESSION}`;
const ARRAY = "and Java reads bytes alone: use a Uint8Array, or an array of numbers";
const SET = "which is not data in Cap'n Web: use an array";

/** Types of JavaScript and of the runtime that have no form in Java, or in Cap'n Web. */
export const REFUSALS: Readonly<Record<string, string>> = {
  Map: "which is not data in Cap'n Web: use an object (Record<string, T>) or an array of entries",
  ReadonlyMap: "which is not data in Cap'n Web: use an object (Record<string, T>) or an array of entries",
  WeakMap: "which is not data in Cap'n Web: use an object (Record<string, T>)",
  Set: SET,
  ReadonlySet: SET,
  WeakSet: SET,
  ReadableStream: STREAM,
  WritableStream: STREAM,
  TransformStream: "which can't be sent: use its readable or its writable",
  Response: ANSWER,
  Request: `which can't be sent in a batch: pass on what you need of it, ${IN_SESSION}`,
  Blob: ANSWER,
  File: "which is not data in Cap'n Web: use an object with its name and bytes",
  FormData: "which is not data in Cap'n Web: use an object",
  URLSearchParams: "which is not data in Cap'n Web: use an object or a string",
  Headers: "which is not data for Java: use an object (Record<string, string>)",
  URL: "which is not data for Java: use its href, a string",
  RegExp: "which is not data in Cap'n Web: use a string",
  Error: "which is to be thrown: throw it, or return an object with the members that the caller needs",
  AbortSignal: "which is not data in Cap'n Web: the deadline of the call is set by the Java client",
  WebSocket: "which can't be sent in a batch",
  Function: `and a batch can't carry one: make it a method of the class, ${IN_SESSION}`,
  Promise: "and one inside of data can't be sent: await it",
  Symbol: "which is not data in Cap'n Web: use a string",
  Buffer: "which is a class of Node: use a Uint8Array",
  DataView: ARRAY,
  ArrayBufferView: ARRAY,
  SharedArrayBuffer: ARRAY,
  Int8Array: ARRAY,
  Uint8ClampedArray: ARRAY,
  Int16Array: ARRAY,
  Uint16Array: ARRAY,
  Int32Array: ARRAY,
  Uint32Array: ARRAY,
  Float16Array: ARRAY,
  Float32Array: ARRAY,
  Float64Array: ARRAY,
  BigInt64Array: ARRAY,
  BigUint64Array: ARRAY,
};

/** Why there is no Java type for a type of that name; undefined if there may be one. */
export function refusalOf(name: string, session: boolean): string | undefined {
  if (session && name === "Function") return "and Java needs its parameters and its result: write them";
  return Object.hasOwn(REFUSALS, name) ? REFUSALS[name] : undefined;
}

// Plays an R2 bucket, in memory: the requests that an R2 binding of workerd makes.
const objects = new Map();

const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** An answer: the metadata as JSON, its size in a header, and then the object's bytes. */
function answer(metadata, bytes = new Uint8Array()) {
  const head = new TextEncoder().encode(JSON.stringify(metadata));
  return new Response(new Blob([head, bytes]).stream(), {
    headers: { "cf-r2-metadata-size": String(head.length), "content-type": "application/json" },
  });
}

function failure(status, v4code, message) {
  return new Response(message, { status, headers: { "cf-r2-error": JSON.stringify({ version: 1, v4code, message }) } });
}

const missing = () => failure(404, 10007, "The specified key does not exist.");

function described(object, range) {
  const { bytes, ...rest } = object;
  return { ...rest, size: String(bytes.length), range };
}

async function put(call, body) {
  const etag = hex(await crypto.subtle.digest("MD5", body));
  const object = {
    name: call.object,
    version: hex(crypto.getRandomValues(new Uint8Array(16))),
    etag,
    uploaded: String(Date.now()),
    httpFields: call.httpFields ?? {},
    customFields: call.customFields ?? [],
    checksums: { 0: etag },
    storageClass: call.storageClass ?? "Standard",
    bytes: body,
  };
  objects.set(call.object, object);
  return answer(described(object));
}

function get(call) {
  const object = objects.get(call.object);
  if (object === undefined) return missing();
  const size = object.bytes.length;
  if (call.range === undefined) return answer(described(object), object.bytes);
  const suffix = call.range.suffix === undefined ? undefined : Math.min(Number(call.range.suffix), size);
  const offset = suffix === undefined ? Number(call.range.offset ?? 0) : size - suffix;
  const length = suffix ?? Math.min(Number(call.range.length ?? size), size - offset);
  if (offset >= size) return failure(416, 10039, "The requested range is not satisfiable");
  const range = { offset: String(offset), length: String(length) };
  return answer(described(object, range), object.bytes.subarray(offset, offset + length));
}

function list(call) {
  const prefix = call.prefix ?? "";
  const folders = new Set();
  const after = call.cursor ? atob(call.cursor) : call.startAfter;
  const keys = [...objects.keys()].sort().filter((key) => {
    if (!key.startsWith(prefix) || (after !== undefined && key <= after)) return false;
    const end = call.delimiter ? key.indexOf(call.delimiter, prefix.length) : -1;
    if (end >= 0) folders.add(key.slice(0, end + call.delimiter.length));
    return end < 0;
  });
  const listed = keys.slice(0, call.limit ?? 1000);
  const truncated = listed.length < keys.length;
  return answer({
    objects: listed.map((key) => described(objects.get(key))),
    truncated,
    cursor: truncated ? btoa(listed.at(-1)) : undefined,
    delimitedPrefixes: [...folders],
  });
}

async function callOf(request) {
  if (request.method === "GET") return [JSON.parse(request.headers.get("cf-r2-request")), new Uint8Array()];
  const all = new Uint8Array(await request.arrayBuffer());
  const size = Number(request.headers.get("cf-r2-metadata-size"));
  return [JSON.parse(new TextDecoder().decode(all.subarray(0, size))), all.slice(size)];
}

export default {
  async fetch(request) {
    const [call, body] = await callOf(request);
    if (call.onlyIf !== undefined) return failure(501, 10004, "conditions are not played here; use wrangler dev");
    switch (call.method) {
      case "put":
        return put(call, body);
      case "get":
        return get(call);
      case "head":
        return objects.has(call.object) ? answer(described(objects.get(call.object))) : missing();
      case "delete":
        (call.objects ?? [call.object]).forEach((key) => objects.delete(key));
        return answer({});
      case "list":
        return list(call);
      default:
        return failure(501, 10004, `${call.method} is not played here; use wrangler dev`);
    }
  },
};

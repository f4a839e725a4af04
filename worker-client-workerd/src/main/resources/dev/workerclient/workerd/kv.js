// Plays a KV namespace, in memory: the requests that a KV binding of workerd makes.
const entries = new Map();

function find(key) {
  const entry = entries.get(key);
  if (entry?.expiration !== undefined && entry.expiration * 1000 <= Date.now()) {
    entries.delete(key);
    return undefined;
  }
  return entry;
}

async function put(key, request, params) {
  const ttl = params.get("expiration_ttl");
  const expiration = params.get("expiration") ?? (ttl === null ? null : Math.floor(Date.now() / 1000) + Number(ttl));
  const metadata = request.headers.get("cf-kv-metadata");
  entries.set(key, {
    value: await request.arrayBuffer(),
    expiration: expiration === null ? undefined : Number(expiration),
    metadata: metadata === null ? undefined : JSON.parse(metadata),
  });
  return new Response();
}

function get(key) {
  const entry = find(key);
  if (entry === undefined) return new Response("Not Found", { status: 404 });
  const headers = { "cf-cache-status": "MISS" };
  if (entry.expiration !== undefined) headers.expiration = String(entry.expiration);
  if (entry.metadata !== undefined) headers["cf-kv-metadata"] = JSON.stringify(entry.metadata);
  return new Response(entry.value, { headers });
}

async function getSeveral(request) {
  const { keys, type, withMetadata } = await request.json();
  const read = (entry) => {
    const text = new TextDecoder().decode(entry.value);
    return type === "json" ? JSON.parse(text) : text;
  };
  const found = keys.map((key) => {
    const entry = find(key);
    const value = entry === undefined ? null : read(entry);
    return [key, withMetadata && entry ? { value, metadata: entry.metadata ?? null } : value];
  });
  return Response.json(Object.fromEntries(found));
}

function list(params) {
  const limit = Number(params.get("key_count_limit") ?? 1000);
  const after = params.get("cursor");
  const keys = [...entries.keys()]
    .filter((key) => find(key) && key.startsWith(params.get("prefix") ?? ""))
    .sort()
    .filter((key) => after === null || after === "" || key > atob(after));
  const listed = keys.slice(0, limit);
  const complete = listed.length === keys.length;
  return Response.json({
    keys: listed.map((name) => ({
      name,
      expiration: entries.get(name).expiration,
      metadata: entries.get(name).metadata,
    })),
    list_complete: complete,
    cursor: complete ? undefined : btoa(listed.at(-1)),
  });
}

export default {
  async fetch(request) {
    const { pathname, searchParams } = new URL(request.url);
    const key = decodeURIComponent(pathname.slice(1));
    switch (request.method) {
      case "PUT":
        return put(key, request, searchParams);
      case "DELETE":
        entries.delete(key);
        return new Response();
      case "POST":
        return getSeveral(request);
      default:
        return key === "" ? list(searchParams) : get(key);
    }
  },
};

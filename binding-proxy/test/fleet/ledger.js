// Counts its runs by the id of the call, for tests that must know of each call how often it ran.
const runs = new Map();
/** How many have come to each gate; a plain number, since requests can't share promises. */
const arrived = new Map();

const add = (counts, key) => counts.set(key, (counts.get(key) ?? 0) + 1);

const sleep = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

const chunked = (text) => {
  const { readable, writable } = new TransformStream();
  const writer = writable.getWriter();
  void (async () => {
    await writer.write(new TextEncoder().encode(text));
    await writer.close();
  })().catch(() => {});
  return new Response(readable);
};

/** Answers `?lines=` times one line that tells the call's id and the length of the body that came. */
async function run(request, query) {
  const id = query.get("id");
  add(runs, id);
  const { byteLength } = await request.arrayBuffer();
  const text = `${request.method} ${id} ${byteLength}\n`.repeat(Number(query.get("lines")));
  return query.has("chunked") ? chunked(text) : new Response(text);
}

/** Answers nobody until `?of=` requests are at `?gate=`. */
async function hold(query) {
  const gate = query.get("gate");
  add(arrived, gate);
  while (arrived.get(gate) < Number(query.get("of"))) await sleep(20);
  return new Response("all are here");
}

export default {
  async fetch(request) {
    const { pathname, searchParams } = new URL(request.url);
    switch (pathname) {
      case "/run":
        return run(request, searchParams);
      case "/hold":
        return hold(searchParams);
      case "/health":
        return new Response("well");
      case "/ledger":
        return new Response([...runs].map(([id, count]) => `${id} ${count}`).join("\n"));
    }
    return new Response("here are /run, /hold, /health and /ledger", { status: 404 });
  },
};

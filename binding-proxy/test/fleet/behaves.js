import { counting } from "runs";

const encoder = new TextEncoder();
const MEBIBYTE = new Uint8Array(1 << 20).fill(0x61);
/** Names of the gates that are open; a plain set, since requests can't share promises. */
const openGates = new Set();

const sleep = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

/** What uploads looked like from in here, by ?name=: told afterwards, since the caller of a broken one is gone by then. */
const uploads = new Map();

/** How many pieces of an endless body were taken, by ?name=. */
const pieces = new Map();

/** A body with a Content-Length where the caller asks for one by ?length=N. */
function pipe(url) {
  const length = url.searchParams.get("length");
  return length === null ? new TransformStream() : new FixedLengthStream(Number(length));
}

const routes = {
  "/cookies": () =>
    new Response("cookies", {
      headers: [
        ["Set-Cookie", "a=1; Path=/"],
        ["Set-Cookie", "b=2; Expires=Wed, 21 Oct 2099 07:28:00 GMT"],
      ],
    }),

  "/redirect": () => new Response(null, { status: 302, headers: { Location: "../elsewhere?x=1" } }),

  /** Three events; with `?gate=NAME` those after the first wait until `/open?gate=NAME` was asked for. */
  "/sse": (_request, url) => {
    const gate = url.searchParams.get("gate");
    const events = new TransformStream();
    const writer = events.writable.getWriter();
    void (async () => {
      for (const n of [1, 2, 3]) {
        await writer.write(encoder.encode(`id: ${n}\ndata: event ${n}\n\n`));
        while (gate !== null && !openGates.has(gate)) await sleep(5);
      }
      await writer.close();
    })();
    return new Response(events.readable, { headers: { "Content-Type": "text/event-stream" } });
  },

  "/open": (_request, url) => {
    openGates.add(url.searchParams.get("gate"));
    return new Response("open");
  },

  "/gzip": () => {
    const body = new Blob(["hello gzip ".repeat(100)]).stream().pipeThrough(new CompressionStream("gzip"));
    return new Response(body, {
      encodeBody: "manual",
      headers: { "Content-Encoding": "gzip", "Content-Type": "text/plain" },
    });
  },

  "/gzip-bomb": () => {
    const zeros = new ReadableStream({
      start() {
        this.left = 64;
      },
      pull(controller) {
        controller.enqueue(new Uint8Array(1 << 20));
        if (--this.left === 0) controller.close();
      },
    });
    return new Response(zeros.pipeThrough(new CompressionStream("gzip")), {
      encodeBody: "manual",
      headers: { "Content-Encoding": "gzip", "Content-Type": "application/json" },
    });
  },

  "/unavailable": () => new Response("try again", { status: 503, headers: { "Retry-After": "0" } }),

  "/large": (_request, url) => {
    const mib = Number(url.searchParams.get("mib") ?? 1);
    const { readable, writable } = new FixedLengthStream(mib * MEBIBYTE.length);
    const writer = writable.getWriter();
    void (async () => {
      for (let n = 0; n < mib; n++) await writer.write(MEBIBYTE);
      await writer.close();
    })().catch(() => {});
    return new Response(readable);
  },

  "/text": (_request, url) => new Response("x".repeat(Number(url.searchParams.get("bytes")))),

  "/slow": async (_request, url) => {
    await sleep(Number(url.searchParams.get("ms") ?? 1000));
    return new Response("slow");
  },

  // Headers and a first piece at once; the rest never comes.
  "/slow-body": (_request, url) => {
    const { readable, writable } = pipe(url);
    const writer = writable.getWriter();
    void (async () => {
      await writer.write(encoder.encode("first piece\n"));
      await sleep(3_600_000);
      await writer.close();
    })().catch(() => {});
    return new Response(readable);
  },

  "/late-end": (_request, url) => {
    const { readable, writable } = pipe(url);
    const writer = writable.getWriter();
    void (async () => {
      await writer.write(encoder.encode("first piece\n"));
      await sleep(Number(url.searchParams.get("ms")));
      await writer.write(encoder.encode("last piece\n"));
      await writer.close();
    })().catch(() => {});
    return new Response(readable);
  },

  /** Goes on until nobody takes its pieces; /written?name= tells how many were taken. */
  "/endless": (_request, url) => {
    const { readable, writable } = pipe(url);
    const name = url.searchParams.get("name");
    const writer = writable.getWriter();
    void (async () => {
      for (let n = 1; n < 10_000; n++) {
        await writer.write(encoder.encode("piece\n"));
        pieces.set(name, n);
        await sleep(2);
      }
    })().catch(() => {});
    return new Response(readable);
  },

  "/written": (_request, url) => new Response(String(pieces.get(url.searchParams.get("name")) ?? 0)),

  // Breaks off after a first piece.
  "/break-body": (_request, url) => {
    const { readable, writable } = pipe(url);
    const writer = writable.getWriter();
    void (async () => {
      await writer.write(encoder.encode("first piece\n"));
      await writer.abort(new Error("broke off"));
    })().catch(() => {});
    return new Response(readable);
  },

  "/upload": async (request, url) => {
    const upload = { state: "reading", bytes: 0 };
    uploads.set(url.searchParams.get("name"), upload);
    try {
      for await (const piece of request.body ?? []) upload.bytes += piece.length;
      upload.state = "complete";
      return Response.json({ bytes: upload.bytes });
    } catch (error) {
      upload.state = "broken";
      throw error;
    }
  },

  "/uploads": (_request, url) =>
    Response.json(uploads.get(url.searchParams.get("name")) ?? { state: "none", bytes: 0 }),

  "/ws": (request) => {
    if (request.headers.get("Upgrade") !== "websocket") return new Response("expected an upgrade", { status: 426 });
    const [client, server] = Object.values(new WebSocketPair());
    server.accept();
    server.addEventListener("message", ({ data }) => server.send(`echo: ${data}`));
    server.addEventListener("close", ({ code }) => server.close(code, "bye"));
    return new Response(null, { status: 101, webSocket: client });
  },

  // Headers that a target must not be able to pass off as the proxy's, or set for the proxy's origin.
  "/forged": () =>
    new Response("forged", {
      headers: {
        "Binding-Proxy-Version": "99",
        "Binding-Proxy-Outcome": "not-dispatched",
        "Binding-Proxy-Error": "BINDING_MISSING",
        "Binding-Proxy-Object": "id:forged",
        "Binding-Proxy-Anything": "x",
        "Strict-Transport-Security": "max-age=1",
        "Clear-Site-Data": '"*"',
        "Alt-Svc": 'h3=":443"',
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Allow-Credentials": "true",
        Connection: "X-Named",
        "X-Named": "by Connection",
        "Cloudflare-CDN-Cache-Control": "max-age=600",
        "Cache-Control": "public, max-age=60",
        Vary: "Accept",
        "X-Kept": "yes",
      },
    }),
};

async function echo(request, url) {
  const text = await request.text();
  return Response.json({
    method: request.method,
    url: request.url,
    path: url.pathname + url.search,
    headers: Object.fromEntries(request.headers),
    bodyIsNull: request.body === null,
    length: text.length,
    text: text.slice(0, 1000),
  });
}

function withStatus(path) {
  const status = Number(path.slice("/status/".length));
  const body = [204, 205, 304].includes(status) ? null : `status ${status}`;
  return new Response(body, { status, headers: { ETag: '"v1"' } });
}

export default counting((request) => {
  const url = new URL(request.url);
  if (url.pathname.startsWith("/status/")) return withStatus(url.pathname);
  return (routes[url.pathname] ?? echo)(request, url);
});

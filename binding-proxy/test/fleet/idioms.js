import { randomAnswer } from "random-answers";

// Ways in which Workers build answers, one a path. Content-Length is often untrue in them: the runtime ignores it.
const encoder = new TextEncoder();
const TEXT = "größe €";

const typed = (type) => ({ headers: { "Content-Type": type } });
const length = (...values) => ({ headers: values.map((value) => ["Content-Length", value]) });

/** A body that hands out its pieces one a pull. */
const pieces = (list, type) =>
  new ReadableStream({
    type,
    pull(controller) {
      if (list.length > 0) controller.enqueue(encoder.encode(list.shift()));
      if (list.length === 0) controller.close();
    },
  });

/** Writes to a pipe, and ends it or breaks it off. */
function written(pipe, list, end = (writer) => writer.close()) {
  const writer = pipe.writable.getWriter();
  void (async () => {
    for (const piece of list) await writer.write(encoder.encode(piece));
    await end(writer);
  })().catch(() => {});
  return pipe.readable;
}

const breakOff = (writer) => writer.abort(new Error("broke off"));

/** A body that breaks off after its first piece. */
const broken = () => {
  let pulls = 0;
  return new ReadableStream(
    {
      async pull(controller) {
        if (pulls++ === 0) return controller.enqueue(encoder.encode("first piece\n"));
        // Later than the headers, which otherwise might not be sent at all.
        await new Promise((resolve) => setTimeout(resolve, 5));
        controller.error(new Error("broke off"));
      },
    },
    { highWaterMark: 0 },
  );
};

function form() {
  const data = new FormData();
  data.set("a", "1");
  data.set("file", new File(["content"], "f.txt"));
  return data;
}

/** The same bytes whatever boundary the runtime draws. */
async function formAnswer() {
  const response = new Response(form());
  const boundary = /boundary="?([^"]+)"?/.exec(response.headers.get("content-type"))[1];
  return new Response((await response.text()).replaceAll(boundary, "B".repeat(boundary.length)), typed("multipart/x"));
}

class Upper {
  element(element) {
    element.setInnerContent("ersetzt: a longer text than before");
  }
}

export const idioms = {
  "/text": () => new Response(TEXT),
  "/empty-text": () => new Response(""),
  "/null": () => new Response(null),
  "/undefined": () => new Response(),
  "/json": () => Response.json({ size: TEXT }),
  "/bytes": () => new Response(encoder.encode(TEXT)),
  "/array-buffer": () => new Response(encoder.encode(TEXT).buffer),
  "/blob": () => new Response(new Blob([TEXT], { type: "text/plain" })),
  "/form-data": formAnswer,
  "/search-params": () => new Response(new URLSearchParams({ a: "1 2" })),

  "/length-too-small": () => new Response(TEXT, length("7")),
  "/length-too-large": () => new Response(TEXT, length("700")),
  "/length-zero": () => new Response(TEXT, length("0")),
  "/length-garbage": () => new Response(TEXT, length("abc")),
  "/length-negative": () => new Response(TEXT, length("-1")),
  "/length-empty": () => new Response(TEXT, length("")),
  "/length-twice": () => new Response(TEXT, length("7", "11")),
  "/length-fraction": () => new Response(TEXT, length("1.5")),
  "/length-huge": () => new Response(TEXT, length("99999999999999999999")),
  "/length-of-null": () => new Response(null, length("5")),
  "/length-of-stream": () => new Response(pieces(["one", "two"]), length("3")),

  "/redirect": () => new Response(null, { status: 302, headers: { Location: "../x", "Content-Length": "9" } }),
  "/redirect-static": () => Response.redirect("https://elsewhere.invalid/x", 307),
  "/redirect-with-text": () => new Response("moved", { status: 301, headers: { Location: "/y" } }),
  "/no-content": () => new Response(null, { status: 204 }),
  "/no-content-with-length": () => new Response(null, { status: 204, ...length("5") }),
  "/reset-content": () => new Response(null, { status: 205 }),
  "/not-modified": () => new Response(null, { status: 304, headers: { ETag: '"v1"', "Content-Length": "5" } }),
  "/status-text": () => new Response("made", { status: 201, statusText: "Made Here" }),
  "/odd-status": () => new Response("odd", { status: 599 }),
  "/server-error": () => Response.json({ error: "x" }, { status: 500 }),

  "/changed-upstream": async (upstream) => new Response("changed: größe", await upstream("/text")),
  "/shortened-upstream": async (upstream) => new Response("c", await upstream("/text")),
  "/emptied-upstream": async (upstream) => new Response(null, await upstream("/text")),
  "/passed-upstream": (upstream) => upstream("/text"),
  "/passed-stream": (upstream) => upstream("/stream"),
  "/passed-body": async (upstream) => new Response((await upstream("/bytes")).body),
  "/passed-not-modified": (upstream) => upstream("/not-modified"),
  "/passed-error": (upstream) => upstream("/error"),
  "/copied-headers": async (upstream) => {
    const answer = new Response((await upstream("/text")).body, await upstream("/text"));
    answer.headers.set("X-Added", "1");
    return answer;
  },
  "/cloned": async (upstream) => (await upstream("/text")).clone(),
  "/rewritten-html": async (upstream) => new HTMLRewriter().on("h1", new Upper()).transform(await upstream("/html")),
  "/passed-gzip": (upstream) => upstream("/gzip"),
  "/gunzipped-header-kept": async (upstream) => {
    const answer = await upstream("/gzip");
    return new Response(await answer.text(), answer);
  },
  "/gunzipped-header-dropped": async (upstream) => {
    const answer = await upstream("/gzip");
    const changed = new Response(await answer.text(), answer);
    changed.headers.delete("Content-Encoding");
    return changed;
  },

  "/encoded-gzip": () => new Response(TEXT, { headers: { "Content-Encoding": "gzip", "Content-Length": "11" } }),
  "/encoded-br": () => new Response(TEXT, { headers: { "Content-Encoding": "br" } }),
  "/encoded-unknown": () => new Response(TEXT, { headers: { "Content-Encoding": "zstd" } }),
  "/manual-gzip": () =>
    new Response(new Blob([TEXT]).stream().pipeThrough(new CompressionStream("gzip")), {
      encodeBody: "manual",
      headers: { "Content-Encoding": "gzip" },
    }),
  "/manual-not-gzip": () =>
    new Response(TEXT, { encodeBody: "manual", headers: { "Content-Encoding": "gzip", "Content-Length": "3" } }),

  "/stream": () => new Response(pieces(["one ", "two ", TEXT])),
  "/byte-stream": () => new Response(pieces(["one ", "two"], "bytes")),
  "/empty-stream": () => new Response(pieces([])),
  "/blob-stream": () => new Response(new Blob([TEXT]).stream()),
  "/transformed": () => new Response(new Blob([TEXT]).stream().pipeThrough(new TransformStream())),
  "/identity": () => new Response(written(new IdentityTransformStream(), ["one ", "two"])),
  "/text-encoder-stream": () => new Response(textStream().pipeThrough(new TextEncoderStream())),
  "/fixed-length": () => new Response(written(new FixedLengthStream(7), ["one ", "two"])),
  "/fixed-length-with-header": () => new Response(written(new FixedLengthStream(7), ["one ", "two"]), length("3")),
  "/tee": () => new Response(pieces(["one ", "two"]).tee()[1]),
  "/tee-of-text": () => new Response(new Response(TEXT).body.tee()[0]),
  "/sse": () =>
    new Response(written(new TransformStream(), ["data: 1\n\n", "data: 2\n\n"]), typed("text/event-stream")),
  "/large": () => new Response("x".repeat(100_000)),
  "/large-stream": () => new Response(pieces(Array.from({ length: 8 }, () => "y".repeat(20_000)))),

  "/broken": () => new Response(broken()),
  "/broken-with-length": () => new Response(broken(), length("1000")),
  "/broken-pipe": () => new Response(written(new TransformStream(), ["first piece\n"], breakOff)),
  "/broken-fixed-length": () => new Response(written(new FixedLengthStream(1000), ["first piece\n"], breakOff)),
  "/fixed-length-cut-short": () => new Response(written(new FixedLengthStream(20), ["0123456789"])),

  "/cookies": () =>
    new Response("c", {
      headers: [
        ["Set-Cookie", "a=1; Path=/"],
        ["Set-Cookie", "b=2, with a comma"],
      ],
    }),
  "/header-twice": () =>
    new Response("h", {
      headers: [
        ["X-Multi", "one"],
        ["X-Multi", "two"],
      ],
    }),
  "/header-not-ascii": () => new Response("h", { headers: { "X-Size": "größe" } }),
  "/cache-control": () => new Response("c", { headers: { "Cache-Control": "public, max-age=60, no-transform" } }),
  "/cache-control-twice": () =>
    new Response("c", {
      headers: [
        ["Cache-Control", "no-store"],
        ["Cache-Control", "max-age=0"],
      ],
    }),
  "/vary": () => new Response("v", { headers: { Vary: "Accept, Origin" } }),
  "/cors": () => new Response("c", { headers: { "Access-Control-Allow-Origin": "*", "X-Kept": "1" } }),
  "/range": () =>
    new Response("bcd", { status: 206, headers: { "Content-Range": "bytes 1-3/5", "Accept-Ranges": "bytes" } }),
  "/connection-header": () => new Response("c", { headers: { Connection: "close", "Keep-Alive": "timeout=1" } }),
  "/transfer-encoding-header": () => new Response("t", { headers: { "Transfer-Encoding": "chunked" } }),
  "/echo": async (_upstream, request) =>
    new Response(await request.text(), { headers: { "X-Method": request.method } }),
  "/echo-body": (_upstream, request) => new Response(request.body),
};

function textStream() {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(TEXT);
      controller.close();
    },
  });
}

export default {
  fetch(request, { UPSTREAM }) {
    const { pathname } = new URL(request.url);
    if (pathname === "/") return Response.json(Object.keys(idioms));
    const upstream = (path) => UPSTREAM.fetch(`https://upstream.invalid${path}`);
    return pathname.startsWith("/random/")
      ? randomAnswer(Number(pathname.slice("/random/".length)), upstream, request)
      : idioms[pathname](upstream, request);
  },
};

/** What the idioms of idioms.js change before they answer. */
const encoder = new TextEncoder();

const gzipped = (text) => new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));

const paths = {
  "/text": () => new Response("upstream text", { headers: { "Content-Length": "13", ETag: '"u1"' } }),
  "/stream": () => new Response(new Blob(["upstream stream"]).stream(), { headers: { "X-Upstream": "stream" } }),
  "/html": () =>
    new Response("<html><body><h1>größe</h1></body></html>", {
      headers: { "Content-Type": "text/html;charset=utf-8", "Content-Length": "42" },
    }),
  "/gzip": () =>
    new Response(gzipped("packed text"), { encodeBody: "manual", headers: { "Content-Encoding": "gzip" } }),
  "/not-modified": () => new Response(null, { status: 304, headers: { ETag: '"u1"' } }),
  "/error": () => Response.json({ error: "upstream" }, { status: 503 }),
  "/bytes": () => new Response(encoder.encode("upstream bytes"), { headers: { "Content-Type": "application/x-raw" } }),
};

export default { fetch: (request) => paths[new URL(request.url).pathname]() };

const encoder = new TextEncoder();

/** Numbers that a seed determines (xorshift). */
function numbers(seed) {
  let state = (seed * 2654435761 + 1) >>> 0 || 1;
  return (limit) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
}

const STATUSES = [
  200, 200, 200, 200, 201, 202, 204, 205, 206, 299, 301, 302, 304, 307, 400, 404, 409, 429, 500, 503, 599,
];
const TEXTS = ["", "x", "größe €", "plain text", "z".repeat(3000), "é".repeat(40_000), "{}"];
const HEADERS = [
  ...[
    ["Content-Length", "0"],
    ["Content-Length", "3"],
    ["Content-Length", "99999"],
    ["Content-Length", "abc"],
  ],
  ...[
    ["Content-Length", "-1"],
    ["Content-Length", ""],
    ["Content-Type", "text/html"],
    ["Content-Type", ""],
  ],
  ...[
    ["Content-Encoding", "gzip"],
    ["Content-Encoding", "br"],
    ["Content-Encoding", "identity"],
  ],
  ...[
    ["Content-Encoding", "zstd"],
    ["Set-Cookie", "a=1"],
    ["Set-Cookie", "b=2; Path=/"],
    ["ETag", 'W/"1"'],
  ],
  ...[
    ["Vary", "Accept"],
    ["Cache-Control", "public, max-age=1"],
    ["Cache-Control", "no-store"],
    ["X-A", "é"],
  ],
  ...[
    ["X-A", "1, 2"],
    ["x-b", ""],
    ["Location", "/there"],
    ["Retry-After", "1"],
    ["X-C", "c"],
  ],
  ...[
    ["Connection", "close"],
    ["Trailer", "X-T"],
    ["Content-Range", "bytes 0-1/2"],
    ["Date", "yesterday"],
  ],
  ...[
    ["Server", "s"],
    ["Link", "</a>; rel=preload"],
    ["Content-Disposition", "attachment"],
    ["Allow", "GET"],
  ],
];

/** An answer that a seed determines: a body of some kind, headers that need not fit it, and ways of passing it on. */
export async function randomAnswer(seed, upstream, request) {
  const below = numbers(seed);
  const oneOf = (list) => list[below(list.length)];
  const text = oneOf(TEXTS);
  const status = oneOf(STATUSES);
  const init = {
    status,
    headers: Array.from({ length: below(5) }, () => oneOf(HEADERS)),
    ...(below(5) === 0 && { encodeBody: "manual" }),
    ...(below(8) === 0 && { statusText: "As It Is" }),
  };
  const empty = [204, 205, 304].includes(status);
  let answer = new Response(empty ? null : await bodyOf(below, oneOf, text, upstream, request), init);
  for (let passes = below(3); passes > 0; passes--) answer = passedOn(below(5), answer, empty, init);
  return answer;
}

async function bodyOf(below, oneOf, text, upstream, request) {
  switch (below(14)) {
    case 0:
      return null;
    case 1:
    case 2:
    case 3:
      return text;
    case 4:
      return encoder.encode(text);
    case 5:
      return new Blob([text], { type: oneOf(["", "text/csv"]) });
    case 6:
      return new URLSearchParams({ text });
    case 7:
      return stream(text, 1 + below(5));
    case 8:
      return stream(text, 1 + below(5), "bytes");
    case 9:
      return fixedLength(encoder.encode(text));
    case 10:
      return new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
    case 11:
      return (await upstream(oneOf(["/text", "/stream", "/html", "/bytes", "/gzip"]))).body;
    case 12:
      return new Blob([text]).stream().pipeThrough(new TransformStream());
    default:
      return request.body;
  }
}

function passedOn(way, answer, empty, init) {
  switch (way) {
    case 0:
      return new Response(answer.body, answer);
    case 1:
      return answer.clone();
    case 2:
      return empty ? answer : new Response(answer.body?.tee()[0], { ...init, headers: answer.headers });
    case 3:
      return new Response(answer.body, { ...init, headers: new Headers(answer.headers) });
    default:
      return empty ? answer : new Response("changed", answer);
  }
}

function stream(text, count, type) {
  const bytes = encoder.encode(text);
  const size = Math.ceil(bytes.length / count) || 1;
  let sent = 0;
  return new ReadableStream({
    type,
    pull(controller) {
      if (sent < bytes.length) controller.enqueue(bytes.slice(sent, (sent += size)));
      if (sent >= bytes.length) controller.close();
    },
  });
}

function fixedLength(bytes) {
  const { readable, writable } = new FixedLengthStream(bytes.length);
  const writer = writable.getWriter();
  void writer
    .write(bytes)
    .then(() => writer.close())
    .catch(() => {});
  return readable;
}

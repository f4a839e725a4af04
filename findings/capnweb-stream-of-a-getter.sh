#!/bin/sh
# A method of an RpcTarget may return a ReadableStream, or a Response with a body. A getter that returns the same object
# can't be read: the promise is rejected, and the error speaks of an owned payload that should not contain it.
# capnweb 0.5.0 and 0.12.0, Node 20. Needs npm and node. Exits 1 if this has changed.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund capnweb@0.12.0 oldest@npm:capnweb@0.5.0 >/dev/null
cat > run.mjs <<'JS'
for (const name of ["oldest", "capnweb"]) {
  const { newMessagePortRpcSession, RpcTarget } = await import(name);
  const text = () => new Response("text").body;
  const made = { stream: text, response: () => new Response("text"), text: () => "text" };

  class Api extends RpcTarget {
    get stream() { return made.stream(); }
    get response() { return made.response(); }
    get text() { return made.text(); }
    made(kind) { return made[kind](); }
  }

  const { port1, port2 } = new MessageChannel();
  newMessagePortRpcSession(port1, new Api());
  const api = newMessagePortRpcSession(port2);
  for (const kind of Object.keys(made)) {
    for (const [way, read] of [["method", () => api.made(kind)], ["getter", () => api[kind]]]) {
      const seen = await read().then((value) => value.constructor.name, (error) => `${error}`);
      console.log(`${name}, ${kind} by a ${way}: ${seen}`);
    }
  }
  port1.close();
}
process.exit(0);
JS
node run.mjs > seen
cat seen
cat > recorded <<'TEXT'
oldest, stream by a method: ReadableStream
oldest, stream by a getter: Error: owned payload shouldn't contain raw ReadableStreams
oldest, response by a method: Response
oldest, response by a getter: Error: owned payload shouldn't contain raw ReadableStreams
oldest, text by a method: String
oldest, text by a getter: String
capnweb, stream by a method: ReadableStream
capnweb, stream by a getter: Error: owned payload shouldn't contain raw ReadableStreams
capnweb, response by a method: Response
capnweb, response by a getter: Error: owned payload shouldn't contain raw ReadableStreams
capnweb, text by a method: String
capnweb, text by a getter: String
TEXT
cmp -s seen recorded || { echo "CHANGED: this was recorded:"; cat recorded; exit 1; }
echo "as recorded"

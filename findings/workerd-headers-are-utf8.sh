#!/bin/sh
# Header values are UTF-8 in workerd, in both directions, without an error. The Fetch standard and Node have
# one byte a character there (Latin-1). So "é" that a Worker sets arrives as "Ã©" at such a
# client, a request header with the byte E9 reaches the Worker as U+FFFD, and a Headers object takes "日", which the
# standard has refused with a TypeError.
# workerd npm 1.20260426.1 and 1.20261117.1 (both the same), Node 20. Needs npm and node. Exits 1 if this has changed.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund workerd@1.20261117.1 workerd-older@npm:workerd@1.20260426.1 >/dev/null
cat > worker.js <<'JS'
export default {
  fetch(request) {
    const headers = new Headers({ "x-latin": "caf\u00e9" });
    let wide = "taken";
    try {
      headers.set("x-wide", "\u65e5");
    } catch (e) {
      wide = e.name;
    }
    return Response.json({ got: request.headers.get("x-in"), wide }, { headers });
  },
};
JS
cat > config.capnp <<'CAPNP'
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .main)],
  sockets = [(name = "http", address = "127.0.0.1:0", service = "main")],
);
const main :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "worker.js")],
  compatibilityDate = "2026-04-01",
);
CAPNP
cat > run.mjs <<'JS'
import { spawn } from "node:child_process";
import net from "node:net";

for (const folder of ["workerd-older", "workerd"]) {
  const workerd = spawn(`node_modules/${folder}/bin/workerd`, ["serve", "--control-fd=3", "config.capnp"], {
    stdio: ["ignore", "inherit", "inherit", "pipe"],
  });
  const port = await new Promise((resolve) =>
    workerd.stdio[3].on("data", (line) => resolve(JSON.parse(String(line).split("\n")[0]).port)),
  );
  const raw = await exchange(port, Buffer.from("GET / HTTP/1.1\r\nHost: x\r\nX-In: caf\u00e9\r\nConnection: close\r\n\r\n", "latin1"));
  const latin = raw.toString("latin1");
  const hex = (name) => Buffer.from(new RegExp(`${name}: (.*)\r`, "i").exec(latin)?.[1] ?? "", "latin1").toString("hex");
  const body = JSON.parse(raw.subarray(raw.indexOf("\r\n\r\n") + 4).toString().replace(/^[^{]*|[^}]*$/g, ""));
  const seen = (await fetch(`http://127.0.0.1:${port}/`)).headers.get("x-latin");
  console.log(`${folder}: the request's E9 is ${escape(body.got)} to the Worker`);
  console.log(`${folder}: the Worker's "caf\\u00e9" is ${hex("x-latin")} on the wire, ${escape(seen)} to Node's fetch`);
  console.log(`${folder}: Headers.set of "\\u65e5": ${body.wide}, ${hex("x-wide")} on the wire`);
  workerd.kill();
}
try {
  new Headers().set("x-wide", "\u65e5");
  console.log("Node: taken");
} catch (e) {
  console.log(`Node: Headers.set of "\\u65e5": ${e.name}`);
}

function escape(text) {
  return JSON.stringify(text).replace(/[^ -~]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function exchange(port, bytes) {
  return new Promise((resolve) => {
    const chunks = [];
    const socket = net.connect(port, "127.0.0.1", () => socket.write(bytes));
    socket.on("data", (chunk) => chunks.push(chunk));
    socket.on("close", () => resolve(Buffer.concat(chunks)));
  });
}
JS
node run.mjs > seen
cat seen
cat > recorded <<'TEXT'
workerd-older: the request's E9 is "caf\ufffd" to the Worker
workerd-older: the Worker's "caf\u00e9" is 636166c3a9 on the wire, "caf\u00c3\u00a9" to Node's fetch
workerd-older: Headers.set of "\u65e5": taken, e697a5 on the wire
workerd: the request's E9 is "caf\ufffd" to the Worker
workerd: the Worker's "caf\u00e9" is 636166c3a9 on the wire, "caf\u00c3\u00a9" to Node's fetch
workerd: Headers.set of "\u65e5": taken, e697a5 on the wire
Node: Headers.set of "\u65e5": TypeError
TEXT
cmp -s seen recorded || { echo "CHANGED: this was recorded:"; cat recorded; exit 1; }
echo "as recorded"

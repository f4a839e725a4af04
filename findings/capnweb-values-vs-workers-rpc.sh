#!/bin/sh
# The same method called over a service binding (Workers RPC) and over Cap'n Web does not return the same value. The
# README says that the two "have basically the same semantics" and lists differences; these are not among them. Over
# Cap'n Web -0 becomes 0, a hole of an array becomes an element and a property of an array is gone, all without an error.
# capnweb 0.12.0, workerd npm 1.20261117.1, Node 20. Needs npm and node. Exits 1 if this has changed.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund workerd@1.20261117.1 capnweb@0.12.0 >/dev/null
cat > worker.js <<'JS'
import { newWorkersRpcResponse, RpcTarget } from "capnweb";
import { WorkerEntrypoint } from "cloudflare:workers";

const values = {
  zero: () => -0,
  array: () => Object.assign([1, , 3], { total: 4 }),
};

export class Api extends RpcTarget {}
export class Entry extends WorkerEntrypoint {}
for (const [name, value] of Object.entries(values)) {
  Api.prototype[name] = Entry.prototype[name] = value;
}

export default {
  async fetch(request, env) {
    if (new URL(request.url).pathname === "/api") return newWorkersRpcResponse(request, new Api());
    return Response.json(await env.DESCRIBE.over(env.ENTRY));
  },
};

export class Describe extends WorkerEntrypoint {
  async over(api) {
    const array = await api.array();
    return {
      "-0 is": Object.is(await api.zero(), -0) ? "-0" : "0",
      "index 1 of [1, , 3] is": 1 in array ? "an element" : "a hole",
      "total of the array is": String(array.total),
    };
  }
}
JS
cat > config.capnp <<'CAPNP'
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .main)],
  sockets = [(name = "http", address = "127.0.0.1:0", service = "main")],
);
const main :Workerd.Worker = (
  modules = [
    (name = "worker.js", esModule = embed "worker.js"),
    (name = "capnweb", esModule = embed "node_modules/capnweb/dist/index-workers.js"),
  ],
  bindings = [
    (name = "ENTRY", service = (name = "main", entrypoint = "Entry")),
    (name = "DESCRIBE", service = (name = "main", entrypoint = "Describe")),
  ],
  compatibilityDate = "2026-04-01",
);
CAPNP
cat > run.mjs <<'JS'
import { spawn } from "node:child_process";
import { newHttpBatchRpcSession } from "capnweb";

const workerd = spawn("node_modules/workerd/bin/workerd", ["serve", "--control-fd=3", "config.capnp"], {
  stdio: ["ignore", "inherit", "inherit", "pipe"],
});
const port = await new Promise((resolve) =>
  workerd.stdio[3].on("data", (line) => resolve(JSON.parse(String(line).split("\n")[0]).port)),
);
const call = (name) => newHttpBatchRpcSession(`http://127.0.0.1:${port}/api`)[name]();
const binding = await (await fetch(`http://127.0.0.1:${port}/`)).json();
const array = await call("array");
const capnweb = {
  "-0 is": Object.is(await call("zero"), -0) ? "-0" : "0",
  "index 1 of [1, , 3] is": 1 in array ? "an element" : "a hole",
  "total of the array is": String(array.total),
};
for (const what of Object.keys(binding)) {
  console.log(`${what} ${binding[what]} over a binding, ${capnweb[what]} over Cap'n Web`);
}
workerd.kill();
JS
node run.mjs > seen
cat seen
cat > recorded <<'TEXT'
-0 is -0 over a binding, 0 over Cap'n Web
index 1 of [1, , 3] is a hole over a binding, an element over Cap'n Web
total of the array is 4 over a binding, undefined over Cap'n Web
TEXT
cmp -s seen recorded || { echo "CHANGED: this was recorded:"; cat recorded; exit 1; }
echo "as recorded"

#!/bin/sh
# JavaScript lets an error's message and name be any value, and the server of capnweb sends them as they are. The client
# of the same library refuses such an error and ends the session: the batch's other calls, which ran and whose answers
# are on the wire, are rejected too, with the error of the one.
# capnweb 0.12.0, Node 20. Needs npm and node. Exits 1 if this has changed.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund capnweb@0.12.0 >/dev/null
cat > run.mjs <<'JS'
import http from "node:http";
import { newHttpBatchRpcSession, nodeHttpBatchRpcResponse, RpcTarget } from "capnweb";

let orders = 0;

class Api extends RpcTarget {
  failsWithText() {
    throw Object.assign(new Error("sold out"), { code: 7 });
  }

  failsWithObject() {
    throw Object.assign(new Error(), { message: { code: 7, text: "sold out" } });
  }

  failsWithNumberAsName() {
    throw Object.assign(new Error("sold out"), { name: 7 });
  }

  async order() {
    await new Promise((resolve) => setTimeout(resolve, 50));
    return `order ${++orders}`;
  }
}

const server = http.createServer((request, response) => nodeHttpBatchRpcResponse(request, response, new Api()));
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
for (const name of ["failsWithText", "failsWithObject", "failsWithNumberAsName"]) {
  orders = 0;
  const batch = newHttpBatchRpcSession(`http://127.0.0.1:${server.address().port}/`);
  const [, order] = await Promise.allSettled([batch[name](), batch.order()]);
  console.log(`beside ${name}: the order ${order.status}, ${order.value ?? order.reason}; it ran ${orders} time(s)`);
}
server.close();
JS
node run.mjs > seen
cat seen
cat > recorded <<'TEXT'
beside failsWithText: the order fulfilled, order 1; it ran 1 time(s)
beside failsWithObject: the order rejected, TypeError: unknown special value: ["error","Error",{"code":7,"text":"sold out"}]; it ran 1 time(s)
beside failsWithNumberAsName: the order rejected, TypeError: unknown special value: ["error",7,"sold out"]; it ran 1 time(s)
TEXT
cmp -s seen recorded || { echo "CHANGED: this was recorded:"; cat recorded; exit 1; }
echo "as recorded"

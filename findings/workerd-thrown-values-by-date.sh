#!/bin/sh
# An RPC method may throw a value that is not an Error: an object with a code, a Date, a text. Before compatibility date
# 2026-04-21 the caller gets an Error in its place, and the data is gone: the message is "#<Object>". From that date on it
# gets the value itself, so that `e instanceof Error` is false and `e.message` undefined, and finds `remote: true` among
# the object's own properties. A text is an Error with both dates, cut at the first NUL character.
# workerd npm 1.20261117.1, Node 20 and 22. Needs npm and node. Exits 1 if this has changed.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund workerd@1.20261117.1 >/dev/null
cat > target.js <<'JS'
import { WorkerEntrypoint } from "cloudflare:workers";

const VALUES = { object: { code: "E42" }, date: new Date(0), text: "none\0left" };

export default class extends WorkerEntrypoint {
  order(kind) {
    throw VALUES[kind];
  }
}
JS
cat > caller.js <<'JS'
export default {
  async test(controller, { TARGET, DATE }) {
    for (const kind of ["object", "date", "text"]) {
      try {
        await TARGET.order(kind);
      } catch (e) {
        const seen = e instanceof Error ? `Error ${JSON.stringify(e.message)}` : JSON.stringify(e);
        console.log(`with ${DATE}, ${kind}: ${seen}`);
      }
    }
  },
};
JS
{
  echo 'using Workerd = import "/workerd/workerd.capnp"; const config :Workerd.Config = (services = ['
  for date in 2026-04-20 2026-04-21; do
    echo "(name = \"target $date\", worker = (modules = [(name = \"main\", esModule = embed \"target.js\")],"
    echo "  compatibilityDate = \"$date\")),"
    echo "(name = \"$date\", worker = (modules = [(name = \"main\", esModule = embed \"caller.js\")],"
    echo "  compatibilityDate = \"$date\", bindings = [(name = \"TARGET\", service = \"target $date\"),"
    echo "  (name = \"DATE\", text = \"$date\")])),"
  done
  echo ']);'
} > config.capnp
node_modules/.bin/workerd test config.capnp 2>&1 | grep '^with' | tee seen
cat > recorded <<'TEXT'
with 2026-04-20, object: Error "#<Object>"
with 2026-04-20, date: Error "[object Date]"
with 2026-04-20, text: Error "none"
with 2026-04-21, object: {"code":"E42","remote":true}
with 2026-04-21, date: "1970-01-01T00:00:00.000Z"
with 2026-04-21, text: Error "none"
TEXT
cmp -s seen recorded || { echo "CHANGED: this was recorded:"; cat recorded; exit 1; }
echo "as recorded"

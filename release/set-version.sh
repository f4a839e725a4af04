#!/bin/sh
# Sets the version of all modules, of the npm package and in the docs, and the time of the files in the jars:
# release/set-version.sh 0.1.0 [TIME], in ISO form in UTC; default: now.
set -eu
cd "$(dirname "$0")/.."
new=$1
time=${2:-$(date -u +%Y-%m-%dT%H:%M:%SZ)}
old=$(sed -n 's:^  <version>\(.*\)</version>$:\1:p' pom.xml)

find . \( -name node_modules -o -name target -o -name .git \) -prune -o \( -name pom.xml -o -name '*.md' \) -print |
  while read -r file; do
    sed -i "s:<version>$old</version>:<version>$new</version>:" "$file"
  done
sed -i "s;\(<project.build.outputTimestamp>\)[^<]*;\1$time;" pom.xml
# In the User-Agent.
sed -i "s:VERSION = \"$old\":VERSION = \"$new\":" \
  worker-client-core/src/main/java/dev/workerclient/internal/route/Origin.java
# Two places each: the version of the package itself comes first in both files.
for file in binding-proxy/package.json binding-proxy/package-lock.json; do
  sed -i "1,10s/\"version\": \"$old\"/\"version\": \"$new\"/" "$file"
done

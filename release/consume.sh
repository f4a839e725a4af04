#!/usr/bin/env bash
# Builds and runs a copy of release/consumer with what a rehearsal has built, from an empty local repository, and
# compares its dependencies with those of src/test/closures: consume.sh FOLDER REPOSITORY VERSION
set -euo pipefail
closures=$(cd "$(dirname "$0")/../worker-client-module-tests/src/test/closures" && pwd)
cd "$1"

# What this machine has already is not downloaded again; it holds nothing of ours in that version.
cached=$(cd / && mvn -q -B help:evaluate -Dexpression=settings.localRepository -DforceStdout | sed 's/\x1b\[[0-9;]*m//g')
[ ! -e "$cached/dev/workerclient/worker-client-core/$3" ] || { echo "$3 is in $cached: remove it"; exit 1; }
cat >settings.xml <<XML
<settings><profiles><profile><id>cached</id>
  <repositories><repository><id>cached</id><url>file:$cached</url></repository></repositories>
  <pluginRepositories><pluginRepository><id>cached</id><url>file:$cached</url></pluginRepository></pluginRepositories>
</profile></profiles><activeProfiles><activeProfile>cached</activeProfile></activeProfiles></settings>
XML

list=org.apache.maven.plugins:maven-dependency-plugin:3.11.0:list
mvn -q -B -s settings.xml -Dmaven.repo.local="$PWD/empty" -Drehearsed.repository="$2" -Drehearsed.version="$3" \
  test-compile exec:java \
  $list -DincludeScope=test -DoutputFile=test.txt
mvn -q -B -s settings.xml -Dmaven.repo.local="$PWD/empty" -Drehearsed.repository="$2" -Drehearsed.version="$3" \
  $list -DincludeScope=runtime -DoutputFile=runtime.txt

resolved() { sed -n 's/^ *\([^: ]*:[^: ]*\):jar:.*/\1/p' "$1" | sort; }
decided() { # decided MODULE...: these, and what their closures bring users
  for module; do
    echo "dev.workerclient:$module"
    grep -v '(optional)' "$closures/$module.txt"
  done | sort -u
}
diff <(decided worker-client-jackson) <(resolved runtime.txt) || { echo "other dependencies than src/test/closures"; exit 1; }
# Of the mock server's closure, what its optional dependencies bring is not marked.
more=$(comm -13 <(decided worker-client-jackson worker-client-mockserver) <(resolved test.txt))
[ -z "$more" ] || { echo "more dependencies than src/test/closures: $more"; exit 1; }
echo "  it resolves $(resolved runtime.txt | wc -l) artifacts, and $(resolved test.txt | wc -l) with the mock server, as decided"

#!/usr/bin/env bash
# Rehearses a release without publishing anything: builds it twice with a throwaway key, uploads it to a stand-in for
# Maven Central, and checks what arrives there. Needs gpg, Node and up to half an hour. release/rehearse.sh [FOLDER],
# which keeps what was built.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$here")
work=${1:-$(mktemp -d)}
mkdir -p "$work"
work=$(cd "$work" && pwd)
portal=
finish() {
  [ -z "$portal" ] || kill "$portal" 2>/dev/null || true
  GNUPGHOME=$work/gnupg gpgconf --kill all 2>/dev/null || true
}
trap finish EXIT

version=$(sed -n 's:^  <version>\(.*\)-SNAPSHOT</version>$:\1:p' "$root/pom.xml")
[ -n "$version" ] || { echo "the version in pom.xml is not a snapshot: rehearse before you set it"; exit 1; }

step() { echo "==== $* ($(date +%T))"; }

step "a throwaway key"
export GNUPGHOME=$work/gnupg
mkdir -m 700 "$GNUPGHOME"
gpg --batch --quiet --passphrase '' --quick-gen-key 'Rehearsal <rehearsal@example.invalid>' rsa3072 sign never
MAVEN_GPG_KEY=$(gpg --batch --armor --export-secret-keys)
export MAVEN_GPG_KEY
cat >"$work/settings.xml" <<'XML'
<settings><servers><server><id>central</id><username>rehearsal</username><password>none</password></server></servers></settings>
XML

# build NAME: the tracked files of the work tree in a folder of that name, built and uploaded; what arrives in NAME-repo.
build() {
  step "build $1 of $version"
  mkdir "$work/$1" "$work/$1-repo"
  (cd "$root" && git ls-files -z | tar --null -T - -c) | tar -x -C "$work/$1"
  # One time for both builds, as the release's commit has it.
  "$work/$1/release/set-version.sh" "$version" "2026-11-30T00:00:00Z"
  java "$here/Portal.java" "$work/$1.port" "$work/$1.zip" &
  portal=$!
  for _ in $(seq 100); do [ -s "$work/$1.port" ] || sleep 0.2; done
  (cd "$work/$1" && CI=true mvn -q -Prelease deploy -DskipTests -s "$work/settings.xml" -Dmaven.install.skip=true \
    -Dspotless.check.skip=true -DcentralBaseUrl="http://127.0.0.1:$(cat "$work/$1.port")")
  kill "$portal"
  portal=
  unzip -q "$work/$1.zip" -d "$work/$1-repo"
}

build a
(export TZ=Asia/Kolkata LC_ALL=C MAVEN_OPTS=-Duser.language=de; build b)

step "both builds are the same, but for the signatures"
diff -r -x '*.asc' -x '*.asc.*' "$work/a-repo" "$work/b-repo"

step "what Maven Central asks for"
java "$here/Rules.java" "$work/a-repo"
find "$work/a-repo" -name '*.asc' | while read -r signature; do
  gpg --batch --quiet --verify "$signature" "${signature%.asc}" 2>/dev/null || { echo "bad: $signature"; exit 1; }
done

step "a project that uses it"
cp -r "$here/consumer" "$work/consumer"
"$here/consume.sh" "$work/consumer" "$work/a-repo" "$version"

step "the npm package"
(cd "$work/a/binding-proxy" && npm pack --silent --pack-destination "$work" && tar -tzf "$work"/*.tgz | sort)
echo "rehearsed $version; all that was built is in $work"

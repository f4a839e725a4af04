#!/bin/sh
# okhttp-jvm has a module-info that requires the module okio. The artifact okhttp beside it, which keeps an older okhttp
# out of a build, brings a second jar of that name: okio-jvm has the classes, and okio (of Kotlin's multiplatform build,
# for Gradle) has none, but its file name makes it an automatic module too. In one folder of the module path Java refuses
# both; in a list of jars the first one counts.
# okhttp-jvm and okhttp 5.5.1, okio 3.18.1, JDK 17. Needs mvn, javac and java. Exits 1 if this has changed.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat > pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>example</groupId>
  <artifactId>example</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>com.squareup.okhttp3</groupId>
      <artifactId>okhttp-jvm</artifactId>
      <version>5.5.1</version>
    </dependency>
    <dependency>
      <groupId>com.squareup.okhttp3</groupId>
      <artifactId>okhttp</artifactId>
      <version>5.5.1</version>
    </dependency>
  </dependencies>
</project>
XML
mvn -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib >/dev/null
mkdir -p src classes
cat > src/module-info.java <<'JAVA'
module example {
  requires okhttp3;
}
JAVA
cat > src/Main.java <<'JAVA'
package example;

public class Main {
  public static void main(String[] args) {
    System.out.println(new okhttp3.Request.Builder().url("http://localhost/").build().url());
  }
}
JAVA
mv lib/okio-3.18.1.jar okio-3.18.1.jar
javac -d classes -p lib src/module-info.java src/Main.java
run() {
  echo "$1:"
  java -p "$2" -m example/example.Main 2>&1 | sed -n '1p;/Two versions/p' | sed "s| in .*||"
}
{
  run "okio-jvm alone" "classes:lib"
  run "okio-jvm before okio" "classes:lib:okio-3.18.1.jar"
  run "okio before okio-jvm" "classes:okio-3.18.1.jar:lib"
  mv okio-3.18.1.jar lib/
  run "both in one folder" "classes:lib"
} > seen
cat seen
cat > recorded <<'TEXT'
okio-jvm alone:
http://localhost/
okio-jvm before okio:
http://localhost/
okio before okio-jvm:
Exception in thread "main" java.lang.NoClassDefFoundError: okio/Options
both in one folder:
Error occurred during initialization of boot layer
java.lang.module.FindException: Two versions of module okio found
TEXT
cmp -s seen recorded || { echo "CHANGED: this was recorded:"; cat recorded; exit 1; }
echo "as recorded"

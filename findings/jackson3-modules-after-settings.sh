#!/bin/sh
# JsonMapper.builder().addModule(module).enable(feature): the module switches the feature off in its setupModule, by
# the owner that its context gives it. Jackson 2 sets modules up when they are added, so that a later setting counts.
# Jackson 3 sets them up in build(), after all settings wherever they stand, and again in each rebuild().build(): what a
# module changed can't be set back on a mapper that has it.
# jackson-databind 2.23.0 and 3.3.0, JDK 17. Needs mvn, javac and java. Exits 1 if this has changed.
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
      <groupId>com.fasterxml.jackson.core</groupId>
      <artifactId>jackson-databind</artifactId>
      <version>2.23.0</version>
    </dependency>
    <dependency>
      <groupId>tools.jackson.core</groupId>
      <artifactId>jackson-databind</artifactId>
      <version>3.3.0</version>
    </dependency>
  </dependencies>
</project>
XML
mvn -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib >/dev/null
cat > Two.java <<'JAVA'
import static com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;

class Two {
  static class Lenient extends SimpleModule {
    @Override
    public void setupModule(SetupContext context) {
      ((ObjectMapper) context.getOwner()).disable(FAIL_ON_TRAILING_TOKENS);
    }
  }

  public static void main(String[] args) {
    JsonMapper mapper =
        JsonMapper.builder().addModule(new Lenient()).enable(FAIL_ON_TRAILING_TOKENS).build();
    System.out.println("Jackson 2, enabled after addModule: " + mapper.isEnabled(FAIL_ON_TRAILING_TOKENS));
  }
}
JAVA
cat > Three.java <<'JAVA'
import static tools.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS;

import tools.jackson.databind.cfg.MapperBuilder;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

class Three {
  static class Lenient extends SimpleModule {
    @Override
    public void setupModule(SetupContext context) {
      ((MapperBuilder<?, ?>) context.getOwner()).disable(FAIL_ON_TRAILING_TOKENS);
    }
  }

  public static void main(String[] args) {
    JsonMapper mapper =
        JsonMapper.builder().addModule(new Lenient()).enable(FAIL_ON_TRAILING_TOKENS).build();
    System.out.println("Jackson 3, enabled after addModule: " + mapper.isEnabled(FAIL_ON_TRAILING_TOKENS));
    JsonMapper rebuilt = mapper.rebuild().enable(FAIL_ON_TRAILING_TOKENS).build();
    System.out.println("Jackson 3, enabled in a rebuild: " + rebuilt.isEnabled(FAIL_ON_TRAILING_TOKENS));
  }
}
JAVA
mkdir classes
javac -d classes -cp "lib/*" Two.java Three.java
{
  java -cp "classes:lib/*" Two
  java -cp "classes:lib/*" Three
} > seen
cat seen
cat > recorded <<'TEXT'
Jackson 2, enabled after addModule: true
Jackson 3, enabled after addModule: false
Jackson 3, enabled in a rebuild: false
TEXT
cmp -s seen recorded || { echo "CHANGED: this was recorded:"; cat recorded; exit 1; }
echo "as recorded"

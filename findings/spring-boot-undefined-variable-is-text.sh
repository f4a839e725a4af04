#!/bin/sh
# ${SHOP_TOKEN} in application.yaml, without such an environment variable: @Value("${shop.token}") stops the application,
# as one would expect. @ConfigurationProperties takes the reference itself for the value, so the application starts, and
# sends the text "${SHOP_TOKEN}" as its password or token.
# Spring Boot 4.1.2 (and 4.0.7 the same), JDK 17. Needs mvn and java. Exits 1 if this has changed.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
for version in 4.1.2 4.0.7; do
  mkdir -p "$version"
  cat > "$version/pom.xml" <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>findings</groupId><artifactId>finding</artifactId><version>1</version><packaging>pom</packaging>
  <dependencyManagement><dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-dependencies</artifactId><version>$version</version><type>pom</type><scope>import</scope></dependency></dependencies></dependencyManagement>
  <dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter</artifactId></dependency></dependencies>
</project>
POM
done
mkdir -p app
cat > app/application.yaml <<'YAML'
shop: {url: "https://shop.example.com", token: "${SHOP_TOKEN}"}
YAML
cat > Main.java <<'JAVA'
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

public class Main {
  @ConfigurationProperties("shop")
  public record Shop(String url, String token) {}

  @EnableAutoConfiguration
  @EnableConfigurationProperties(Shop.class)
  public static class ByProperties {}

  @EnableAutoConfiguration
  public static class ByValue {
    @Value("${shop.token}") String token;
  }

  public static void main(String[] args) {
    System.out.println("seen: @ConfigurationProperties " + start(ByProperties.class, Shop.class));
    System.out.println("seen: @Value " + start(ByValue.class, ByValue.class));
  }

  private static String start(Class<?> configuration, Class<?> bean) {
    SpringApplication application = new SpringApplication(configuration);
    application.setBannerMode(Banner.Mode.OFF);
    application.setLogStartupInfo(false);
    try {
      return "starts, " + application.run().getBean(bean);
    } catch (Exception e) {
      Throwable root = e;
      while (root.getCause() != null) root = root.getCause();
      return "ends, " + root.getMessage();
    }
  }
}
JAVA
for version in 4.1.2 4.0.7; do
  (cd "$version" && mvn -q -B -Dstyle.color=never dependency:build-classpath -Dmdep.outputFile=cp >/dev/null)
  javac -d app -cp "$(cat "$version/cp")" Main.java
  echo "$version"
  java -cp "app:$(cat "$version/cp")" Main 2>&1 | grep '^seen'
done > seen
cat seen
cat > recorded <<'TEXT'
4.1.2
seen: @ConfigurationProperties starts, Shop[url=https://shop.example.com, token=${SHOP_TOKEN}]
seen: @Value ends, Could not resolve placeholder 'SHOP_TOKEN' in value "${SHOP_TOKEN}" <-- "${shop.token}"
4.0.7
seen: @ConfigurationProperties starts, Shop[url=https://shop.example.com, token=${SHOP_TOKEN}]
seen: @Value ends, Could not resolve placeholder 'SHOP_TOKEN' in value "${SHOP_TOKEN}" <-- "${shop.token}"
TEXT
cmp -s seen recorded || { echo "CHANGED: this was recorded:"; cat recorded; exit 1; }
echo "as recorded"

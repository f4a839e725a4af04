#!/bin/sh
# An environment variable that overrides one value of an entry in a map of @ConfigurationProperties, as the manual of
# Spring Boot describes it, adds a second entry to the map: ORDERS of the YAML file stays, and "orders" is new beside it,
# with all of its values. So a map of tenants, queues or clients has one too many as soon as a deployment overrides one.
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
shop:
  queues:
    ORDERS: {url: "https://orders.example.com", size: 7}
    CATALOG: {url: "https://catalog.example.com", size: 5}
YAML
cat > Main.java <<'JAVA'
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

@EnableConfigurationProperties(Main.Shop.class)
public class Main {
  public record Queue(String url, int size) {}

  @ConfigurationProperties("shop")
  public record Shop(Map<String, Queue> queues) {}

  public static void main(String[] args) {
    SpringApplication application = new SpringApplication(Main.class);
    application.setBannerMode(Banner.Mode.OFF);
    application.setLogStartupInfo(false);
    Shop shop = application.run(args).getBean(Shop.class);
    shop.queues().forEach((name, queue) -> System.out.println("queue " + name + " " + queue));
  }
}
JAVA
for version in 4.1.2 4.0.7; do
  (cd "$version" && mvn -q -B -Dstyle.color=never dependency:build-classpath -Dmdep.outputFile=cp >/dev/null)
  javac -d app -cp "$(cat "$version/cp")" Main.java
  echo "$version, SHOP_QUEUES_ORDERS_SIZE=9"
  SHOP_QUEUES_ORDERS_SIZE=9 java -cp "app:$(cat "$version/cp")" Main | grep '^queue'
done > seen
cat seen
cat > recorded <<'TEXT'
4.1.2, SHOP_QUEUES_ORDERS_SIZE=9
queue orders Queue[url=https://orders.example.com, size=9]
queue ORDERS Queue[url=https://orders.example.com, size=9]
queue CATALOG Queue[url=https://catalog.example.com, size=5]
4.0.7, SHOP_QUEUES_ORDERS_SIZE=9
queue orders Queue[url=https://orders.example.com, size=9]
queue ORDERS Queue[url=https://orders.example.com, size=9]
queue CATALOG Queue[url=https://catalog.example.com, size=5]
TEXT
cmp -s seen recorded || { echo "CHANGED: this was recorded:"; cat recorded; exit 1; }
echo "as recorded"

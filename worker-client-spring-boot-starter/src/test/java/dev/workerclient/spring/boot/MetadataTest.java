package dev.workerclient.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an editor knows of the properties. */
class MetadataTest {
  @Test
  void eachPropertyHasADescription() throws IOException {
    List<String> names = new ArrayList<>();
    for (JsonNode property : metadata().get("properties")) {
      String name = property.get("name").asString();
      names.add(name);
      assertThat(property.path("description").asString("")).as(name).endsWith(".");
      assertThat(property.path("description").asString("")).as(name).matches("(?s)[A-Z].*");
    }
    assertThat(names)
        .contains(
            "worker-client.binding-proxy.bearer-token",
            "worker-client.services",
            "worker-client.call-timeout",
            "worker-client.ssl.bundle",
            "management.endpoint.workers.access",
            "management.health.worker-client.enabled");
  }

  /** Spring Boot's jars have such a file as well: ours is the one that names our properties. */
  private static JsonNode metadata() throws IOException {
    for (URL file :
        Collections.list(
            MetadataTest.class
                .getClassLoader()
                .getResources("META-INF/spring-configuration-metadata.json"))) {
      try (InputStream content = file.openStream()) {
        JsonNode read = JsonMapper.shared().readTree(content);
        if (read.toString().contains("worker-client.ssl.bundle")) {
          return read;
        }
      }
    }
    throw new AssertionError("no metadata of ours on the class path");
  }
}

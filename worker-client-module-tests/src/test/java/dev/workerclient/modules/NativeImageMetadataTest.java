package dev.workerclient.modules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.workerclient.WorkerClient;
import dev.workerclient.rpc.Rpc;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The metadata for native images names what is there, and all resources. */
class NativeImageMetadataTest {
  private static final Path ROOT = Path.of("..");

  /** Not "reason", which is in the schema and yet unknown to the parser of GraalVM 25. */
  private static final Set<String> OF_A_TYPE =
      Set.of(
          "condition",
          "type",
          "allDeclaredConstructors",
          "allDeclaredMethods",
          "allDeclaredFields");

  private static final Set<String> OF_A_RESOURCE = Set.of("condition", "glob");

  /** Named by metadata, and in another artifact, which is optional or for tests. */
  private static final Set<String> ELSEWHERE =
      Set.of("retrofit2.Invocation", "dev/workerclient/bindingproxy/binding-proxy.js");

  @ParameterizedTest
  @MethodSource("dev.workerclient.modules.ClosuresTest#published")
  void entriesHaveTheMembersOfTheFormat(String module) throws IOException {
    JsonNode metadata = metadata(module);

    assertThat(names(metadata)).isSubsetOf("reflection", "resources");
    assertThat(metadata.path("reflection"))
        .allSatisfy(
            entry -> assertThat(names(entry)).isSubsetOf(OF_A_TYPE).contains("condition", "type"));
    assertThat(metadata.path("resources"))
        .allSatisfy(entry -> assertThat(names(entry)).isEqualTo(OF_A_RESOURCE));
  }

  @ParameterizedTest
  @MethodSource("dev.workerclient.modules.ClosuresTest#published")
  void everyTypeExists(String module) throws IOException {
    assertThat(types(module))
        .filteredOn(type -> !ELSEWHERE.contains(type))
        .allSatisfy(
            type ->
                assertThat(classes(module).resolve(type.replace('.', '/') + ".class")).exists());
  }

  @ParameterizedTest
  @MethodSource("dev.workerclient.modules.ClosuresTest#published")
  void everyResourceIsNamedAndEveryNameIsOne(String module) throws IOException {
    List<PathMatcher> globs =
        stream(metadata(module).path("resources"))
            .map(entry -> entry.get("glob").asText())
            .filter(glob -> !ELSEWHERE.contains(glob))
            .map(glob -> FileSystems.getDefault().getPathMatcher("glob:" + glob))
            .toList();
    List<Path> resources = resources(module);

    assertThat(resources)
        .allSatisfy(file -> assertThat(globs).anyMatch(glob -> glob.matches(file)));
    assertThat(globs).allSatisfy(glob -> assertThat(resources).anyMatch(glob::matches));
  }

  @Test
  void aModuleHasMetadataIfACallOfItNeedsThem() throws IOException {
    Set<String> needed = new TreeSet<>();
    ReflectiveCallsTest.lines()
        .filter(line -> line.contains(": metadata"))
        .forEach(line -> needed.add(line.split(" ", 2)[0]));

    assertThat(ClosuresTest.published().stream().filter(module -> Files.exists(file(module))))
        .containsExactlyInAnyOrderElementsOf(needed);
  }

  @Test
  void thePageHasTheInterfacesOfAProxy() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/native-image.md"));
    JsonNode example = new ObjectMapper().readTree(page.split("```(json\n)?", -1)[1]);
    List<String> named = new ArrayList<>();
    example.at("/reflection/2/type/proxy").forEach(name -> named.add(name.asText()));
    try (WorkerClient client =
        WorkerClient.builder()
            .service("ORDERS", service -> service.customDomain("https://orders.example.com"))
            .build()) {
      Class<?> proxy = Rpc.of(client.service("ORDERS"), ShrinkTest.Orders.class).getClass();

      assertThat(proxy.getInterfaces())
          .extracting(Class::getName)
          .containsExactly(ShrinkTest.Orders.class.getName(), named.get(1));
    }
  }

  private static Stream<String> types(String module) throws IOException {
    JsonNode metadata = metadata(module);
    return Stream.concat(stream(metadata.path("reflection")), stream(metadata.path("resources")))
        .flatMap(
            entry ->
                Stream.of(entry.path("type"), entry.path("condition").path("typeReached"))
                    .filter(JsonNode::isTextual)
                    .map(JsonNode::asText));
  }

  private static JsonNode metadata(String module) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    return Files.exists(file(module))
        ? mapper.readTree(file(module).toFile())
        : mapper.createObjectNode();
  }

  private static Path file(String module) {
    return classes(module)
        .resolve("META-INF/native-image/dev.workerclient")
        .resolve(module)
        .resolve("reachability-metadata.json");
  }

  private static Path classes(String module) {
    return ROOT.resolve(module).resolve("target/classes");
  }

  private static List<Path> resources(String module) throws IOException {
    Path classes = classes(module);
    if (!Files.exists(classes)) {
      return List.of(); // The binding proxy's, if it was built without Node.
    }
    try (Stream<Path> files = Files.walk(classes)) {
      return files
          .filter(file -> Files.isRegularFile(file) && !file.toString().endsWith(".class"))
          .map(classes::relativize)
          .filter(file -> !file.startsWith("META-INF"))
          .filter(file -> !ELSEWHERE.contains(file.toString().replace('\\', '/')))
          .toList();
    }
  }

  private static Set<String> names(JsonNode node) {
    Set<String> names = new TreeSet<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}

package dev.workerclient.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every Java and Kotlin block of README.md and docs stands, line for line, in code that compiles.
 */
class SnippetsTest {
  private static final Path ROOT = Path.of("..");
  private static final List<String> LANGUAGES = List.of("java", "kotlin");
  private static final List<Path> CODE =
      List.of(
          Path.of("src/main/java"),
          Path.of("src/test/java"),
          Path.of("spring-boot/src/main/java"),
          Path.of("spring-boot/src/test/java"),
          ROOT.resolve("worker-client-spring-boot-starter/src/test/java"),
          ROOT.resolve("worker-client-adapter-tests/src/test/java"),
          ROOT.resolve("worker-client-kotlin/src/test/kotlin"),
          ROOT.resolve("worker-client-mockserver/src/test/java"),
          ROOT.resolve("fleet-tools/test/rpc/expected"));

  record Snippet(Path page, String code) {
    @Override
    public String toString() {
      return page.getFileName() + ": " + code.lines().findFirst().orElse("");
    }
  }

  static List<Snippet> snippets() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md")));
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      docs.filter(page -> page.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    List<Snippet> snippets = new ArrayList<>();
    for (Path page : pages) {
      String[] parts = Files.readString(page).split("```", -1);
      for (int i = 1; i < parts.length; i += 2) {
        String[] block = parts[i].split("\n", 2);
        if (LANGUAGES.contains(block[0])) {
          snippets.add(new Snippet(page, unindented(block[1])));
        }
      }
    }
    return snippets;
  }

  @ParameterizedTest
  @MethodSource("snippets")
  void aSnippetStandsInCodeThatCompiles(Snippet snippet) throws IOException {
    assertThat(code().contains(snippet.code()))
        .as("code in the examples that is, but for indentation:%s", snippet.code())
        .isTrue();
  }

  private static String code() throws IOException {
    StringBuilder code = new StringBuilder();
    for (Path root : CODE) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          code.append(unindented(Files.readString(file)));
        }
      }
    }
    return code.toString();
  }

  private static String unindented(String text) {
    return text.lines().map(String::strip).collect(Collectors.joining("\n", "\n", "\n"));
  }
}

package dev.workerclient.mockserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The reading order of package-info names every file of the package, and only those. */
class ReadingOrderTest {
  private static final Path SOURCES = Path.of("src/main/java/dev/workerclient/mockserver");
  private static final Pattern NAME = Pattern.compile("\\b[A-Z][a-z]+(?:[A-Z][a-z]+)*\\b");
  private static final Pattern WORDS =
      Pattern.compile("A|As|Cloudflare|Everything|Java|Like|Only|Read|The|What");

  @Test
  void namesEachFile() throws IOException {
    assertThat(named()).isEqualTo(files());
  }

  @Test
  void onlyTheAssertionsUseAssertJAndOnlyTheExtensionUsesJUnit() throws IOException {
    assertThat(importing("org.assertj"))
        .containsExactlyInAnyOrder(
            "WorkerAssertions", "WorkerCallAssert", "WorkerFailureAssert", "WorkerResponseAssert");
    assertThat(importing("org.junit")).containsExactly("MockWorkersExtension");
  }

  @Test
  void nothingButTheAssertionsUsesTheAssertions() throws IOException {
    Pattern assertions =
        Pattern.compile("\\b(Worker(Assertions|\\w+Assert)|CallChecks|CallText)\\b");
    Set<String> users = new TreeSet<>();
    for (String file : files()) {
      if (assertions.matcher(source(file)).find()) {
        users.add(file);
      }
    }
    assertThat(users).hasSize(6).allMatch(file -> assertions.matcher(file).matches());
  }

  private static Set<String> named() throws IOException {
    String info = source("package-info");
    String order = info.substring(info.indexOf("/*\n"), info.indexOf("@NullMarked"));
    return NAME.matcher(order)
        .results()
        .map(name -> name.group())
        .filter(name -> !WORDS.matcher(name).matches())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> importing(String library) throws IOException {
    Set<String> files = new TreeSet<>();
    for (String file : files()) {
      if (source(file).contains(library + ".")) {
        files.add(file);
      }
    }
    return files;
  }

  private static Set<String> files() throws IOException {
    try (Stream<Path> sources = Files.list(SOURCES)) {
      return sources
          .map(path -> String.valueOf(path.getFileName()).replace(".java", ""))
          .filter(name -> !name.equals("package-info"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static String source(String file) throws IOException {
    return Files.readString(SOURCES.resolve(file + ".java"));
  }
}

package dev.workerclient.bootversions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The other tests prove nothing on other versions than Boot's. */
class VersionsTest {
  private static final List<String> JARS =
      Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
          .map(entry -> Path.of(entry).getFileName().toString())
          .toList();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jackson-databind",
        "kotlin-stdlib",
        "junit-jupiter-api",
        "slf4j-api",
        "logback-classic"
      })
  void theClassPathHasWhatBootManages(String artifact) {
    List<String> jars =
        Stream.of(System.getProperty("expected." + artifact).split(","))
            .map(version -> artifact + "-" + version + ".jar")
            .toList();

    assertThat(JARS)
        .filteredOn(jar -> jar.matches(artifact + "-[0-9.]+\\.jar"))
        .containsExactlyInAnyOrderElementsOf(jars);
  }
}

package dev.workerclient.jackson3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** An application on Jackson 3 has Jackson 2's parser and annotations, and no more of it. */
class ClassPathTest {
  /** The test's class path, which holds all that the module brings. */
  private static final List<String> JARS =
      Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
          .map(entry -> Path.of(entry).getFileName().toString())
          .toList();

  @Test
  void noDatabindOfJackson2IsThere() {
    assertThat(JARS).anyMatch(jar -> jar.startsWith("jackson-core-2."));
    assertThat(JARS)
        .filteredOn(jar -> jar.startsWith("jackson-"))
        .noneMatch(jar -> jar.matches("jackson-(databind|data|module).*-2\\..*"));
    assertThat(getClass().getClassLoader().getResource("com/fasterxml/jackson/databind")).isNull();
  }

  /** The tests run twice, so that the second run must be on the other version. */
  @Test
  void theVersionIsTheOneToBeTested() {
    assertThat(JsonMapper.shared().version()).hasToString(System.getProperty("jackson3.expected"));
  }
}

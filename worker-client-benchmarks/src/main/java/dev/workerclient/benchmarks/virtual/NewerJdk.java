package dev.workerclient.benchmarks.virtual;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** Finds a JDK 24 or newer, whose virtual threads are not pinned by {@code synchronized}. */
final class NewerJdk {
  private static final int OLDEST = 24;

  private NewerJdk() {}

  /** What -Dbenchmarks.jdk names, this JVM's own, or one installed beside it. */
  static Optional<Path> find() throws IOException {
    Path own = Path.of(System.getProperty("java.home"));
    String named = System.getProperty("benchmarks.jdk", "");
    if (!named.isEmpty()) {
      return Optional.of(Path.of(named));
    }
    if (Runtime.version().feature() >= OLDEST) {
      return Optional.of(own);
    }
    try (Stream<Path> beside = Files.list(own.resolveSibling("."))) {
      return beside.filter(NewerJdk::isOne).findFirst();
    }
  }

  private static boolean isOne(Path home) {
    Path release = home.resolve("release");
    if (!Files.isReadable(release)) {
      return false;
    }
    try (Reader reader = Files.newBufferedReader(release)) {
      Properties properties = new Properties();
      properties.load(reader);
      String version = properties.getProperty("JAVA_VERSION", "").replace("\"", "");
      return Runtime.Version.parse(version).feature() >= OLDEST;
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }
}

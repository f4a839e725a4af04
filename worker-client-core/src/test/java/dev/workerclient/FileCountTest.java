package dev.workerclient;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How many files a reader of core has to find the way among, and how few of them say little. */
class FileCountTest {
  private static final Path MAIN = Path.of("src/main/java");
  private static final String INTERNAL = "dev/workerclient/internal";

  /** Eight of them are the JSON form of errors and reports, which the codec modules share. */
  private static final int MOST_FILES = 202;

  private static final double LARGEST_SHARE_OF_TINY = 0.07;
  private static final int TINY = 10;

  @Test
  void coreHasNoMoreFilesThanItHad() throws IOException {
    assertThat(sources()).isNotEmpty().hasSizeLessThanOrEqualTo(MOST_FILES);
  }

  /** Of those that users don't see: a public type has a file of its own, however small it is. */
  @Test
  void fewFilesAreTiny() throws IOException {
    List<Path> internal =
        sources().stream().filter(file -> file.startsWith(MAIN.resolve(INTERNAL))).toList();
    List<Path> tiny = internal.stream().filter(file -> linesOfCode(file) <= TINY).toList();

    assertThat(tiny).hasSizeLessThanOrEqualTo((int) (internal.size() * LARGEST_SHARE_OF_TINY));
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(MAIN)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }

  /** Without package, imports, comments, annotations, braces alone and blank lines. */
  private static long linesOfCode(Path file) {
    if (file.endsWith("package-info.java")) {
      return Long.MAX_VALUE;
    }
    try {
      String code = Files.readString(file).replaceAll("(?s)/\\*.*?\\*/", "");
      return code.lines()
          .map(String::strip)
          .filter(line -> !line.matches("|//.*|package .*|import .*|@[^;{]*|[{}]+"))
          .count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

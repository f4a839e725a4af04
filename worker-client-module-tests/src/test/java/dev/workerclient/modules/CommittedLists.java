package dev.workerclient.modules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A folder with a committed list for each module, which {@code -Dwrite=true} writes anew. */
record CommittedLists(Path folder) {
  Path file(String module) {
    return folder.resolve(module + ".txt");
  }

  /** The list as it was committed; or as it is now, if it is to be written. */
  List<String> read(String module, List<String> now) throws IOException {
    Path file = file(module);
    if (Boolean.getBoolean("write")) {
      Files.write(file, now);
    }
    assertThat(file).as("a new module needs it: run with -Dwrite=true").exists();
    return Files.readAllLines(file);
  }

  void requireOnly(List<String> modules) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".txt", "")))
          .containsExactlyInAnyOrderElementsOf(modules);
    }
  }
}

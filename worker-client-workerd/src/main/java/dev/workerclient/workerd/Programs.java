package dev.workerclient.workerd;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds programs as a shell does. */
final class Programs {
  private static final List<String> ENDINGS =
      File.separatorChar == '\\' ? List.of(".exe") : List.of("");

  private Programs() {}

  static Optional<Path> onPath(String name) {
    return onPath(name, System.getenv("PATH"));
  }

  static Optional<Path> onPath(String name, @Nullable String path) {
    return Stream.of((path == null ? "" : path).split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .flatMap(folder -> ENDINGS.stream().map(ending -> Path.of(folder, name + ending)))
        .filter(Programs::canRun)
        .findFirst();
  }

  static boolean canRun(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}

package dev.workerclient.workerd;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds programs as a shell and npm do. */
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

  /** Returns a folder or file and all folders above it, in the order in which npm looks. */
  static Stream<Path> atOrAbove(Path start) {
    return Stream.iterate(start.toAbsolutePath(), path -> path != null, Path::getParent);
  }

  static boolean canRun(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}

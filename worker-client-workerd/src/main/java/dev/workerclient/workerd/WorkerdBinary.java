package dev.workerclient.workerd;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the workerd binary that npm installed. */
final class WorkerdBinary {
  static final String PROPERTY = "workerclient.workerd";

  private WorkerdBinary() {}

  /**
   * Returns what the system property names, or what a node_modules folder at or above a start has.
   */
  static Optional<Path> find(Path... starts) {
    String named = System.getProperty(PROPERTY);
    if (named != null) {
      return Optional.of(Path.of(named));
    }
    return Stream.of(starts)
        .flatMap(Programs::atOrAbove)
        .flatMap(folder -> candidates().stream().map(folder::resolve))
        .filter(WorkerdBinary::isNative)
        .findFirst();
  }

  /** Returns the one that the user gave, or else the one at or above here or a file; checked. */
  static Path resolve(@Nullable Path given, @Nullable Path near) {
    Path here = Path.of("");
    Path binary =
        given == null
            ? find(here, near == null ? here : near).orElseThrow(WorkerdBinary::notFound)
            : given;
    if (!Programs.canRun(binary)) {
      throw new IllegalArgumentException(
          "the workerd binary was given as " + binary + ", which is not a program that can be run");
    }
    return binary;
  }

  static IllegalStateException notFound() {
    return new IllegalStateException(
        "no workerd binary was found in a node_modules folder at or above the working directory,"
            + " the configuration or the script; install the npm package workerd (or "
            + platformPackage()
            + " alone), or name the binary by binary(path) or -D"
            + PROPERTY
            + "=path");
  }

  private static List<Path> candidates() {
    Path modules = Path.of("node_modules");
    return List.of(
        modules.resolve(platformPackage()).resolve("bin/workerd"),
        modules.resolve("workerd/bin/workerd"));
  }

  private static String platformPackage() {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    return "@cloudflare/workerd-"
        + (os.contains("mac") ? "darwin" : "linux")
        + (arch.equals("aarch64") || arch.equals("arm64") ? "-arm64" : "-64");
  }

  /** Whether it is the program itself: if npm runs no install scripts, it is a Node script. */
  private static boolean isNative(Path file) {
    if (!Programs.canRun(file)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(2);
      return start.length == 2 && !(start[0] == '#' && start[1] == '!');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.workerclient.workerd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The modules of a Worker: a text, a file, or a file with those beside it. Not thread-safe. */
final class WorkerCode {
  /** The default rules of wrangler, and how workerd's configuration calls what they make. */
  private static final Map<String, String> KINDS =
      Map.of(
          "js", "esModule",
          "mjs", "esModule",
          "cjs", "commonJsModule",
          "wasm", "wasm",
          "txt", "text",
          "html", "text",
          "sql", "text",
          "bin", "data");

  private @Nullable Path file;
  private @Nullable String text;
  private boolean others;
  private int given;

  void file(Path script) {
    this.file = script;
    this.others = false;
    given |= 1;
  }

  void text(String script) {
    this.text = script;
    given |= 2;
  }

  void modules(Path main) {
    this.file = main;
    this.others = true;
    given |= 4;
  }

  boolean isGiven() {
    return given != 0;
  }

  @Nullable Path file() {
    return file;
  }

  /** Checks what can be checked before anything is written. */
  void require() {
    if (Integer.bitCount(given) > 1) {
      throw new IllegalArgumentException(
          (given == 3
                  ? "a script was given by script(file) and by scriptText(text)"
                  : "a script was given by modules(main) and in another way")
              + "; give one of them");
    }
    if (file != null && !(Files.isRegularFile(file) && Files.isReadable(file))) {
      throw new IllegalArgumentException(
          "the script was given as "
              + file
              + ", which is not a file that can be read; give the bundle, and build it before the"
              + " tests run");
    }
  }

  /**
   * Copies the modules into a folder, and returns the list that workerd's configuration has of
   * them. The files are added to those that were written.
   *
   * @param prefix begins the names of the copies
   */
  String write(Path folder, String prefix, List<Path> written) throws IOException {
    if (file == null) {
      return module("worker.js", "esModule", write(folder, prefix + ".js", text, written));
    }
    List<String> modules = new ArrayList<>();
    String main = String.valueOf(file.getFileName());
    modules.add(module(main, kind(file, "esModule"), copy(file, folder, prefix + ".js", written)));
    for (Path other : others()) {
      String name = String.valueOf(root().relativize(other)).replace('\\', '/');
      Path copy = copy(other, folder, prefix + "-" + modules.size(), written);
      modules.add(module(name, kind(other, ""), copy));
    }
    return String.join(",\n    ", modules);
  }

  private List<Path> others() throws IOException {
    if (!others || file == null) {
      return List.of();
    }
    Path main = file.toAbsolutePath();
    try (Stream<Path> files = Files.walk(root())) {
      return files
          .filter(other -> !kind(other, "").isEmpty() && Files.isRegularFile(other))
          .filter(other -> !other.equals(main))
          .sorted()
          .toList();
    }
  }

  private Path root() {
    Path folder = file == null ? null : file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IllegalStateException("no file was given");
    }
    return folder;
  }

  private static String kind(Path file, String other) {
    String name = String.valueOf(file.getFileName());
    return KINDS.getOrDefault(name.substring(name.lastIndexOf('.') + 1), other);
  }

  private static Path copy(Path file, Path folder, String name, List<Path> written)
      throws IOException {
    Path copy = folder.resolve(name);
    written.add(copy);
    return Files.write(copy, Files.readAllBytes(file));
  }

  private static Path write(Path folder, String name, @Nullable String text, List<Path> written)
      throws IOException {
    Path file = folder.resolve(name);
    written.add(file);
    return Files.writeString(file, text == null ? "" : text);
  }

  private static String module(String name, String kind, Path copy) {
    return "(name = "
        + CapnpText.quote(name)
        + ", "
        + kind
        + " = embed "
        + CapnpText.quote(String.valueOf(copy.getFileName()))
        + ")";
  }

  @Override
  public String toString() {
    return file == null ? "script given as text" : "script " + file;
  }
}

package dev.workerclient.workerd;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
  private @Nullable Map<String, byte[]> kept;

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
    if (kept == null && file != null && !(Files.isRegularFile(file) && Files.isReadable(file))) {
      throw new IllegalArgumentException(
          "the script was given as "
              + file
              + ", which is not a file that can be read; give the bundle, and build it before the"
              + " tests run");
    }
  }

  /** Reads the modules now, so that their files may be deleted. */
  void keep() throws IOException {
    this.kept = read();
  }

  /**
   * Writes the modules into a folder, and returns the list that workerd's configuration has of
   * them. The files are added to those that were written.
   *
   * @param prefix begins the names of the files
   */
  String write(Path folder, String prefix, List<Path> written) throws IOException {
    List<String> modules = new ArrayList<>();
    for (Map.Entry<String, byte[]> module : (kept == null ? read() : kept).entrySet()) {
      Path copy = folder.resolve(prefix + (modules.isEmpty() ? ".js" : "-" + modules.size()));
      written.add(copy);
      Files.write(copy, module.getValue());
      modules.add(
          "(name = "
              + CapnpText.quote(module.getKey())
              + ", "
              + KINDS.getOrDefault(ending(module.getKey()), "esModule")
              + " = embed "
              + CapnpText.quote(String.valueOf(copy.getFileName()))
              + ")");
    }
    return String.join(",\n    ", modules);
  }

  /** Returns the modules by their names, the main module first. */
  private Map<String, byte[]> read() throws IOException {
    Map<String, byte[]> modules = new LinkedHashMap<>();
    if (file == null) {
      modules.put("worker.js", String.valueOf(text).getBytes(StandardCharsets.UTF_8));
      return modules;
    }
    modules.put(String.valueOf(file.getFileName()), Files.readAllBytes(file));
    Path root = file.toAbsolutePath().getParent();
    if (others && root != null) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path other : files.filter(WorkerCode::isModule).sorted().toList()) {
          String name = String.valueOf(root.relativize(other)).replace('\\', '/');
          if (!modules.containsKey(name)) {
            modules.put(name, Files.readAllBytes(other));
          }
        }
      }
    }
    return modules;
  }

  private static boolean isModule(Path file) {
    return KINDS.containsKey(ending(String.valueOf(file.getFileName())))
        && Files.isRegularFile(file);
  }

  private static String ending(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  @Override
  public String toString() {
    return file == null ? "script given as text" : "script " + file;
  }
}

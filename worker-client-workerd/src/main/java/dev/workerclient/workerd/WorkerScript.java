package dev.workerclient.workerd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A Worker of one ES module and its settings, as a user gives them. Not thread-safe. */
final class WorkerScript {
  private static final String DEFAULT_DATE = "2026-04-21";

  private @Nullable Path file;
  private @Nullable String text;
  private @Nullable String date;
  private List<String> flags = List.of();
  private final Map<String, String> bindings = new LinkedHashMap<>();

  void file(Path script) {
    this.file = script;
  }

  void text(String script) {
    this.text = script;
  }

  void compatibilityDate(String day) {
    if (!isDay(day)) {
      throw new IllegalArgumentException(
          "the compatibility date was given as \"" + day + "\"; write a day as " + DEFAULT_DATE);
    }
    this.date = day;
  }

  void compatibilityFlags(List<String> names) {
    this.flags = names.stream().map(CapnpText::quote).toList();
  }

  void bind(String name, String value) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException(
          "a binding was given without a name; give the one by which the Worker finds it in env");
    }
    bindings.put(
        name, "(name = " + CapnpText.quote(name) + ", text = " + CapnpText.quote(value) + ")");
  }

  boolean isGiven() {
    return file != null || text != null;
  }

  boolean hasSettings() {
    return date != null || !flags.isEmpty() || !bindings.isEmpty();
  }

  @Nullable Path file() {
    return file;
  }

  /** Checks what can be checked before anything is written. */
  void require() {
    if (!isGiven()) {
      throw new IllegalArgumentException(
          "nothing to serve was given; set script(file), scriptText(text) or config(file)");
    }
    if (file != null && text != null) {
      throw new IllegalArgumentException(
          "a script was given by script(file) and by scriptText(text); give one of them");
    }
    if (file != null && !(Files.isRegularFile(file) && Files.isReadable(file))) {
      throw new IllegalArgumentException(
          "the script was given as "
              + file
              + ", which is not a file that can be read; give the bundle, and build it before the"
              + " tests run");
    }
  }

  /** Writes the configuration and, beside it, the script. */
  void write(Path config, Path script) throws IOException {
    Files.writeString(config, config(script));
    if (file != null) {
      Files.write(script, Files.readAllBytes(file));
    } else if (text != null) {
      Files.writeString(script, text);
    }
  }

  private String config(Path script) {
    return """
          using Workerd = import "/workerd/workerd.capnp";

          const config :Workerd.Config = (
            services = [(name = "worker", worker = .worker)],
            sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "worker")],
          );

          const worker :Workerd.Worker = (
            modules = [(name = %s, esModule = embed %s)],
            compatibilityDate = %s,
            compatibilityFlags = [%s],
            bindings = [%s],
          );
          """
        .formatted(
            CapnpText.quote(moduleName()),
            CapnpText.quote(script.getFileName().toString()),
            CapnpText.quote(date == null ? DEFAULT_DATE : date),
            String.join(", ", flags),
            String.join(", ", bindings.values()));
  }

  /** What errors and stack traces call the script. */
  private String moduleName() {
    return file == null ? "worker.js" : String.valueOf(file.getFileName());
  }

  private static boolean isDay(String text) {
    try {
      int year = LocalDate.parse(text).getYear();
      return year > 0 && year < 10_000;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return file == null ? "script given as text" : "script " + file;
  }
}

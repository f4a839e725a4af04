package dev.workerclient.workerd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The configuration file that workerd reads: the user's, or one written for Workers into a folder
 * of its own, which only the user of this machine can read. Thread-safe.
 */
final class ServedConfig {
  private final Path file;
  private final String name;
  private final @Nullable TemporaryFolder folder;
  private final List<Path> written;
  private final boolean experimental;

  private ServedConfig(
      Path file,
      String name,
      @Nullable TemporaryFolder folder,
      List<Path> written,
      boolean experimental) {
    this.file = file;
    this.name = name;
    this.folder = folder;
    this.written = List.copyOf(written);
    this.experimental = experimental;
  }

  /** Checks what a user gave, before anything is written. */
  static void require(@Nullable Path config, WorkerDefinition script, Fleet fleet) {
    if (fleet.isGiven()) {
      if (config != null || script.code().isGiven() || script.hasSettings()) {
        throw new IllegalArgumentException(
            "Workers were given by worker(name, …), and a script, its settings or a configuration"
                + " besides; give all that belongs to a Worker in worker(name, …)");
      }
      fleet.require();
    } else if (config == null) {
      if (!script.code().isGiven()) {
        throw new IllegalArgumentException(
            "nothing to serve was given; set script(file), scriptText(text), worker(name, …) or"
                + " config(file)");
      }
      script.code().require();
    } else if (script.code().isGiven()) {
      throw new IllegalArgumentException(
          "a configuration and a script were both given; give a script alone, or a configuration"
              + " that names its scripts itself");
    } else if (script.hasSettings()) {
      throw new IllegalArgumentException(
          "compatibilityDate, compatibilityFlags and textBinding are for script(file) and"
              + " scriptText(text); with a configuration, write them into "
              + config);
    } else if (!Files.isRegularFile(config) || !Files.isReadable(config)) {
      throw new IllegalArgumentException(
          "workerd's configuration was given as "
              + config
              + ", which is not a file that can be read");
    }
  }

  /** Returns what a user gave, written if it is not a file. */
  static ServedConfig of(@Nullable Path config, WorkerDefinition script, Fleet fleet) {
    if (config != null) {
      return of(config);
    }
    return fleet.isGiven()
        ? write(fleet, fleet.toString())
        : write(Fleet.of("worker", script), script.code().toString());
  }

  private static ServedConfig of(Path config) {
    return new ServedConfig(config, "configuration " + config, null, List.of(), false);
  }

  /** Writes it for Workers, which messages call by a name. */
  static ServedConfig write(Fleet fleet, String name) {
    try {
      TemporaryFolder folder = TemporaryFolder.create("workerd-");
      try {
        List<Path> written = new ArrayList<>();
        Path config = fleet.write(folder.path(), written);
        written.add(folder.path());
        return new ServedConfig(config, name, folder, written, fleet.isExperimental());
      } catch (IOException e) {
        folder.delete();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the " + name + " could not be laid out for workerd", e);
    }
  }

  /** Starts workerd on it. Its folder is deleted with the process. */
  ServerProcess start(Path program, WorkerdSockets listening) {
    List<String> command = new ArrayList<>();
    command.add(program.toAbsolutePath().toString());
    command.add("serve");
    command.add("--control-fd=1");
    if (experimental) {
      command.add("--experimental");
    }
    command.add(file.toString());
    try {
      return ServerProcess.start("workerd", new ProcessBuilder(command), listening, folder);
    } catch (IOException e) {
      throw new UncheckedIOException("workerd could not be started from " + program, e);
    }
  }

  Path file() {
    return file;
  }

  /** Deletes what workerd reads at its start alone, as far as the system allows. */
  void deleteRead() {
    for (Path path : written) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        // Still in use, as it may be on Windows: the call at the process's end deletes it.
      }
    }
  }

  @Override
  public String toString() {
    return name;
  }
}

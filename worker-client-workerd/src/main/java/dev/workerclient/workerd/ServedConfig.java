package dev.workerclient.workerd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The configuration file that workerd reads: the user's, or one written for a script into a folder
 * of its own, which only the user of this machine can read. Thread-safe.
 */
final class ServedConfig {
  private final Path file;
  private final String name;
  private final @Nullable TemporaryFolder folder;
  private final List<Path> written;

  private ServedConfig(
      Path file, String name, @Nullable TemporaryFolder folder, List<Path> written) {
    this.file = file;
    this.name = name;
    this.folder = folder;
    this.written = written;
  }

  /** Checks what a user gave, before anything is written. */
  static void require(@Nullable Path config, WorkerScript script) {
    if (config == null) {
      script.require();
    } else if (script.isGiven()) {
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

  static ServedConfig of(Path config) {
    return new ServedConfig(config, "configuration " + config, null, List.of());
  }

  static ServedConfig write(WorkerScript script) {
    try {
      TemporaryFolder folder = TemporaryFolder.create("workerd-");
      Path config = folder.path().resolve("config.capnp");
      Path copy = folder.path().resolve("worker.js");
      ServedConfig served =
          new ServedConfig(config, script.toString(), folder, List.of(config, copy, folder.path()));
      try {
        script.write(config, copy);
        return served;
      } catch (IOException e) {
        folder.delete();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the " + script + " could not be laid out for workerd", e);
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

  /** Returns the folder that was written for it, to be deleted with the process. */
  @Nullable TemporaryFolder folder() {
    return folder;
  }

  @Override
  public String toString() {
    return name;
  }
}

package dev.workerclient.config;

import dev.workerclient.WorkerClient;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes a client's builder of a file such as {@code workers.yaml}:
 *
 * <pre>{@code
 * WorkerClient client =
 *     WorkerClientConfig.of(Path.of("workers.yaml"))
 *         .environment("staging")
 *         .secrets(vault::secret)
 *         .builder()
 *         .listener(listener)
 *         .build();
 * }</pre>
 *
 * <p>{@link WorkerClient#fromConfig(Path, String)} is the short form. Not thread-safe.
 */
public final class WorkerClientConfig {
  private final Path file;
  private @Nullable String environment;
  private @Nullable Function<String, @Nullable String> secrets;

  private WorkerClientConfig(Path file) {
    this.file = file;
  }

  /** Starts with that file, which {@link #builder} reads. */
  public static WorkerClientConfig of(Path file) {
    return new WorkerClientConfig(Objects.requireNonNull(file, "file"));
  }

  /**
   * Sets the environment: the name in {@code spring.config.activate.on-profile} of the documents to
   * read, besides those without one. Default: the file has no environments.
   */
  public WorkerClientConfig environment(String name) {
    environment = Objects.requireNonNull(name, "name");
    return this;
  }

  /**
   * Sets where {@code ${NAME}} is looked up before the environment variables. Bearer tokens are
   * looked up again for each attempt, so that a new token is used without a restart: a lookup that
   * takes long should keep what it found. All else is looked up once, by {@link #builder}.
   *
   * @param lookup returns the value of a name, or null if it knows none; thread-safe
   */
  public WorkerClientConfig secrets(Function<String, @Nullable String> lookup) {
    secrets = Objects.requireNonNull(lookup, "lookup");
    return this;
  }

  /**
   * Reads the file, and returns a builder with its settings. Does no network I/O.
   *
   * @throws IllegalArgumentException if the file does not configure a client for that environment;
   *     the message names file, line and key, and quotes no secret
   * @throws java.io.UncheckedIOException if the file can't be read
   */
  public WorkerClient.Builder builder() {
    Settings settings = Environments.select(file, YamlFile.read(file), environment);
    return ConfigBuilder.of(settings, new References(secrets));
  }
}

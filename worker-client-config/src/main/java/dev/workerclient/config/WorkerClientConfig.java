package dev.workerclient.config;

import dev.workerclient.WorkerClient;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a client's settings from a file such as {@code workers.yaml}:
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

  /** Returns a configuration for that file, which {@link #builder} reads. */
  public static WorkerClientConfig of(Path file) {
    return new WorkerClientConfig(Objects.requireNonNull(file, "file"));
  }

  /**
   * Sets the environment, which selects the documents with that name in {@code
   * spring.config.activate.on-profile}, in addition to documents without one. Default: none, for a
   * file without environments.
   */
  public WorkerClientConfig environment(String name) {
    environment = Objects.requireNonNull(name, "name");
    return this;
  }

  /**
   * Sets the lookup for {@code ${NAME}}, which takes precedence over environment variables. Bearer
   * tokens are looked up for each attempt, so that a new token is used without a restart; a slow
   * lookup should cache its result. All other values are looked up once, by {@link #builder}.
   * Default: environment variables only.
   *
   * @param lookup returns the value of a name, or null if there is none; must be thread-safe
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

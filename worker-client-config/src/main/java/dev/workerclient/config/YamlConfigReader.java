package dev.workerclient.config;

import dev.workerclient.WorkerClient;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads a file for {@link WorkerClient#fromConfig(Path, String)}, which finds this class. */
public final class YamlConfigReader implements WorkerClient.ConfigReader {
  /** Makes a reader; ServiceLoader calls it. */
  public YamlConfigReader() {}

  @Override
  public WorkerClient.Builder read(Path file, @Nullable String environment) {
    Objects.requireNonNull(file, "file");
    WorkerClientConfig config = WorkerClientConfig.of(file);
    return (environment == null ? config : config.environment(environment)).builder();
  }
}

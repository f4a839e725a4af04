package dev.workerclient.examples.guide;

import dev.workerclient.CallListener;
import dev.workerclient.WorkerClient;
import dev.workerclient.config.WorkerClientConfig;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The code of docs/fleet-client.md. */
final class ConfigGuide {
  private ConfigGuide() {}

  /** Where an application keeps its secrets. */
  interface Vault {
    @Nullable String secret(String name);
  }

  static WorkerClient client() {
    WorkerClient client = WorkerClient.fromConfig(Path.of("workers.yaml"), "staging");
    return client;
  }

  static WorkerClient client(Vault vault, CallListener listener) {
    WorkerClient client =
        WorkerClientConfig.of(Path.of("workers.yaml"))
            .environment("staging")
            .secrets(vault::secret)
            .builder()
            .listener(listener)
            .build();
    return client;
  }
}

package dev.workerclient.spring.boot;

import dev.workerclient.mockserver.MockWorkers;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Contexts with the client's auto-configurations and nothing else. */
final class Contexts {
  static final Class<?>[] AUTO_CONFIGURATIONS = {
    WorkerClientAutoConfiguration.class,
    WorkerActuatorAutoConfiguration.class,
    WorkerMicrometerAutoConfiguration.class,
    WorkerHttpServiceAutoConfiguration.class,
    WorkerProblemAutoConfiguration.class
  };

  private Contexts() {}

  static ApplicationContextRunner runner() {
    return new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(AUTO_CONFIGURATIONS));
  }

  /** Contexts whose binding proxy is the mock. */
  static ApplicationContextRunner runner(MockWorkers workers) {
    return runner()
        .withPropertyValues(
            "worker-client.binding-proxy.url=" + workers.proxyUrl(),
            "worker-client.binding-proxy.bearer-token=" + workers.proxyToken(),
            "worker-client.retry.first-backoff=1ms");
  }
}

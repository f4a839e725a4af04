package dev.workerclient.benchmarks.failure;

import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerService;
import java.time.Duration;

/** Who calls the two routes. */
public enum Rival {
  NAIVE("try, catch, try the other") {
    @Override
    TwoRoutes connect(String first, String second, Duration openTime) {
      return new HandMadeChain(first, second, null, null);
    }
  },
  TIMEOUT("the same with a timeout") {
    @Override
    TwoRoutes connect(String first, String second, Duration openTime) {
      return new HandMadeChain(first, second, ATTEMPT, null);
    }
  },
  RESILIENCE4J("the same with resilience4j's breakers") {
    @Override
    TwoRoutes connect(String first, String second, Duration openTime) {
      return new HandMadeChain(first, second, ATTEMPT, openTime);
    }
  },
  WORKER_CLIENT("worker-client") {
    @Override
    TwoRoutes connect(String first, String second, Duration openTime) {
      return new Ours(
          WorkerClient.builder()
              .bindingProxy(first)
              .service("APIMOM", service -> service.customDomain(second).healthPath("/health"))
              .attemptTimeout(ATTEMPT)
              .build());
    }
  };

  /** How long an attempt may take, for all but the naive one. */
  static final Duration ATTEMPT = Duration.ofMillis(500);

  private final String title;

  Rival(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  abstract TwoRoutes connect(String first, String second, Duration openTime);

  private record Ours(WorkerClient client) implements TwoRoutes {
    @Override
    public byte[] call() {
      WorkerService service = client.service("APIMOM");
      return service.get("/v1/capabilities/{name}", "small").execute().orThrow().bytes();
    }

    @Override
    public void close() {
      client.close();
    }
  }
}

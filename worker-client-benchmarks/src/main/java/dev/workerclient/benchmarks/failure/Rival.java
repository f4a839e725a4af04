package dev.workerclient.benchmarks.failure;

import dev.workerclient.HedgingOptions;
import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerService;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

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
  FAILSAFE("the same with Failsafe's breakers") {
    @Override
    TwoRoutes connect(String first, String second, Duration openTime) {
      return new FailsafeChain(first, second, ATTEMPT, openTime);
    }
  },
  UNHEDGED("worker-client without hedges") {
    @Override
    TwoRoutes connect(String first, String second, Duration openTime) {
      return ours(
          first,
          second,
          options -> options.hedging(HedgingOptions.disabled()).adaptiveAttemptTimeout(false));
    }
  },
  WORKER_CLIENT("worker-client") {
    @Override
    TwoRoutes connect(String first, String second, Duration openTime) {
      return ours(first, second, options -> {});
    }
  },
  EAGER("worker-client, a hedge after the 89th percentile for up to 20 %") {
    @Override
    TwoRoutes connect(String first, String second, Duration openTime) {
      return ours(
          first,
          second,
          options ->
              options.hedging(HedgingOptions.builder().percentile(89).maxPercent(20).build()));
    }
  };

  static final List<Rival> BY_FAILURES =
      List.of(NAIVE, TIMEOUT, RESILIENCE4J, FAILSAFE, UNHEDGED, WORKER_CLIENT);

  static final List<Rival> WITH_BREAKERS = List.of(RESILIENCE4J, FAILSAFE, UNHEDGED, WORKER_CLIENT);

  static final List<Rival> BY_LATENCY =
      List.of(RESILIENCE4J, FAILSAFE, UNHEDGED, WORKER_CLIENT, EAGER);

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

  private static TwoRoutes ours(
      String first, String second, Consumer<WorkerClient.Builder> options) {
    WorkerClient.Builder builder =
        WorkerClient.builder()
            .bindingProxy(first)
            .service("APIMOM", service -> service.customDomain(second).healthPath("/health"))
            .attemptTimeout(ATTEMPT);
    options.accept(builder);
    return new Ours(builder.build());
  }

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

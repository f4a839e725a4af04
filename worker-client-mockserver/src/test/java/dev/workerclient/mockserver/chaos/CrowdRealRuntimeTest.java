package dev.workerclient.mockserver.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerRequest;
import dev.workerclient.mockserver.chaos.PlannedCall.Wiring;
import dev.workerclient.mockserver.workerd.Installed;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Many async calls to one host, all under way at the same time. */
@Tag("workerd")
@Timeout(120)
@ParameterizedClass(name = "{0}")
@MethodSource("dev.workerclient.mockserver.workerd.Installed#all")
class CrowdRealRuntimeTest {
  private static final int CROWD = 500;
  private static final int IDLE = 5;
  private static final Duration LONG = Duration.ofSeconds(60);

  private final LedgerFleet fleet;
  private final ConnectionPool pool = new ConnectionPool(IDLE, 1, TimeUnit.MINUTES);

  CrowdRealRuntimeTest(Installed runtime) {
    fleet = LedgerFleet.on(runtime);
  }

  @AfterEach
  void close() {
    fleet.close();
  }

  @Test
  void fiveHundredCallsAreHeldTogetherByTheTargetOfTheBindingAndAllAnswered() {
    assertThatAllAreAnsweredTogether(
        client()
            .bindingProxy(fleet.url("proxy"), proxy -> proxy.bearerToken(LedgerFleet.TOKEN))
            .service(Wiring.PROXY_FIRST.name()));
  }

  @Test
  void fiveHundredCallsAreHeldTogetherByTheCustomDomainAndAllAnswered() {
    assertThatAllAreAnsweredTogether(
        client()
            .service(
                Wiring.PROXY_FIRST.name(), own -> own.customDomain(fleet.url("direct-ledger"))));
  }

  private WorkerClient.Builder client() {
    return WorkerClient.builder()
        .maxConcurrentCalls(CROWD)
        .callTimeout(LONG)
        .attemptTimeout(LONG)
        .connectTimeout(LONG)
        .okHttpClient(new OkHttpClient.Builder().connectionPool(pool).build());
  }

  private void assertThatAllAreAnsweredTogether(WorkerClient.Builder builder) {
    try (WorkerClient client = builder.build()) {
      WorkerRequest request =
          client
              .service(Wiring.PROXY_FIRST.name())
              .get("/hold")
              .query("gate", "crowd")
              .query("of", Integer.toString(CROWD));
      List<CompletableFuture<String>> calls =
          Stream.generate(() -> request.executeAsync().thenApply(answer -> answer.string()))
              .limit(CROWD)
              .toList();
      assertThat(calls).allSatisfy(call -> assertThat(call.join()).isEqualTo("all are here"));
      Await.until(
          "no connection is left but those that the pool may keep idle",
          () ->
              pool.connectionCount() == pool.idleConnectionCount()
                  && pool.connectionCount() <= IDLE);
      assertThat(request.executeAsync().join().status()).as("a call afterwards").isEqualTo(200);
    }
    Aftermath.noThreadIsLeft();
  }
}

package dev.workerclient;

import static dev.workerclient.Breakers.OPEN_TIME_IS_OVER;
import static dev.workerclient.Breakers.call;
import static dev.workerclient.Breakers.cloudflare;
import static dev.workerclient.Breakers.lost;
import static dev.workerclient.TestRoute.answered;
import static dev.workerclient.TestRoute.hanging;
import static dev.workerclient.TestRoute.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** With another route well, a GET of the health path finds out whether a route is well again. */
@Timeout(60)
class HealthProbeTest {
  @RegisterExtension final TestFleet fleet = new TestFleet();
  private final TestTiming timing = new TestTiming();
  private final Queue<Runnable> probes = new ConcurrentLinkedQueue<>();

  @Test
  void usersCallsGoToTheOtherRouteWhileProbesAskBesideThem() {
    WorkerService service = recovering(both());
    proxySays(answered(200, "{}"));

    WorkerResponse response =
        service.post("/orders").header("Accept", "text/csv").body("x", "text/plain").execute();
    call(service, 5);

    assertThat(response.route()).isEqualTo("custom-domain");
    assertThat(fleet.proxy().requests()).hasSize(5);
    assertThat(probes).hasSize(1);

    probes.remove().run();
    assertThat(fleet.proxy().requests()).hasSize(7);
    for (RecordedRequest probe : fleet.proxy().requests().subList(5, 7)) {
      assertThat(probe.getMethod()).isEqualTo("GET");
      assertThat(probe.getTarget()).isEqualTo("/health");
      assertThat(probe.getBody()).isNull();
      assertThat(probe.getHeaders().get("Accept")).contains("application/json");
      assertThat(probe.getHeaders().get("Binding-Proxy-Target")).isEqualTo("APIMOM");
    }

    assertThat(service.post("/orders").execute().route()).isEqualTo("binding-proxy");
    assertThat(probes).isEmpty();
  }

  @Test
  void aProbeThatFailsLeavesTheRouteOutForAnotherOpenTime() {
    WorkerService service = recovering(both());
    call(service, 1);

    probes.remove().run();
    assertThat(fleet.proxy().requests()).hasSize(7);
    timing.pass(Duration.ofSeconds(35));
    call(service, 3);
    assertThat(probes).isEmpty();

    proxySays(answered(200, "{}"));
    timing.pass(Duration.ofSeconds(2));
    call(service, 1);
    probes.remove().run();
    assertThat(service.get("/").execute().route()).isEqualTo("binding-proxy");
  }

  @Test
  void aProbeThatSaysNothingOfTheRouteAsksTwiceAndNoMore() {
    WorkerService service = recovering(both());
    proxySays(cloudflare(500, 1101));
    call(service, 1);

    probes.remove().run();

    assertThat(fleet.proxy().requests()).hasSize(7);
    assertThat(service.get("/").execute().route()).isEqualTo("custom-domain");
    assertThat(probes).hasSize(1);
  }

  static Stream<Named<Throwable>> refusals() {
    return Stream.of(
        named("full", new RejectedExecutionException("full")),
        named("broken", new IllegalStateException("broken")),
        named("no thread", new LinkageError("no thread")));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void anExecutorThatRefusesTheProbeHarmsNoCallAndIsAskedAgain(Throwable refusal) {
    ConcurrentLinkedQueue<Throwable> refusals = new ConcurrentLinkedQueue<>();
    refusals.add(refusal);
    WorkerService service =
        recovering(
            both()
                .probesOn(
                    probe -> {
                      Throwable thrown = refusals.poll();
                      if (thrown instanceof RuntimeException e) {
                        throw e;
                      }
                      if (thrown instanceof Error e) {
                        throw e;
                      }
                      probes.add(probe);
                    }));
    proxySays(answered(200, "{}"));

    assertThat(service.get("/").execute().route()).isEqualTo("custom-domain");
    assertThat(probes).isEmpty();
    assertThat(service.get("/").execute().route()).isEqualTo("custom-domain");
    probes.remove().run();

    assertThat(service.get("/").execute().route()).isEqualTo("binding-proxy");
  }

  @Test
  void aProbeThatHangsHoldsUpNoCallAndNoLaterProbe() throws Exception {
    WorkerService service = recovering(both().attemptTimeout(Duration.ofMillis(300)));
    proxySays(hanging());
    call(service, 1);
    CompletableFuture<Void> hung = CompletableFuture.runAsync(probes.remove());

    assertThat(service.get("/").execute().route()).isEqualTo("custom-domain");
    hung.get(); // Its attempts have a limit.
    proxySays(answered(200, "{}"));
    timing.pass(OPEN_TIME_IS_OVER);
    call(service, 1);
    probes.remove().run();

    assertThat(service.get("/").execute().route()).isEqualTo("binding-proxy");
  }

  @Test
  void withNoOtherRouteWellTheUsersCallIsTheProbe() {
    WorkerService service = recovering(both());
    fleet.domain().answers(cloudflare(522, 522));
    call(service, 5);
    proxySays(answered(200, "{}"));
    probes.clear();

    assertThat(service.post("/").execute().route()).isEqualTo("binding-proxy");
    assertThat(probes).isEmpty();
  }

  private WorkerClient.Builder both() {
    return Breakers.both(fleet, timing, own -> own.healthPath("/health"))
        .circuitBreaker(Breakers.FIXED)
        .probesOn(probes::add);
  }

  private WorkerService recovering(WorkerClient.Builder builder) {
    proxySays(lost());
    fleet.domain().answers(plain(200, "{}"));
    WorkerService service = fleet.service(builder);
    call(service, 6);
    assertThat(fleet.proxy().requests()).hasSize(5);
    assertThat(probes).isEmpty();
    timing.pass(OPEN_TIME_IS_OVER);
    return service;
  }

  private void proxySays(MockResponse response) {
    fleet.proxy().answers(response);
  }
}

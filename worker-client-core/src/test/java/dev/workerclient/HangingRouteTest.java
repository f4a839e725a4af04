package dev.workerclient;

import static dev.workerclient.TestRoute.hanging;
import static dev.workerclient.TestRoute.plain;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A binding route that hangs beside a custom domain that is well, with every default. */
@Timeout(60)
class HangingRouteTest {
  private static final int FIRST_CALLS = 20;
  private static final int MEASURED = 300;

  @RegisterExtension final TestFleet fleet = new TestFleet();

  @Test
  void afterTheFirstCallsNoneWaitsForTheRouteThatHangs() {
    // Without a body, since the server sends one apart and TCP may hold that back for 40 ms.
    MockResponse well = plain(200, "").newBuilder().headersDelay(5, TimeUnit.MILLISECONDS).build();
    fleet.proxy().answers(hanging());
    fleet.domain().answers(well);
    WorkerService both =
        fleet.service(
            WorkerClient.builder()
                .bindingProxy(fleet.proxy().url())
                .service("APIMOM", own -> own.customDomain(fleet.domain().url())));
    List<CompletableFuture<WorkerResponse>> first = new ArrayList<>();
    for (int i = 0; i < FIRST_CALLS; i++) {
      first.add(both.get("/").executeAsync());
    }
    first.forEach(CompletableFuture::join);
    int hung = fleet.proxy().requests().size();

    try (WorkerClient direct =
        WorkerClient.builder()
            .service("APIMOM", own -> own.customDomain(fleet.domain().url()))
            .build()) {
      WorkerService healthy = direct.service("APIMOM");
      List<Long> ours = new ArrayList<>();
      List<Long> own = new ArrayList<>();
      for (int i = 0; i < MEASURED; i++) { // In turns, so that noise hits both.
        own.add(nanosOf(healthy));
        ours.add(nanosOf(both));
      }
      System.out.printf(
          "binding route hangs: p99 is %.2f of the healthy route's own%n",
          (double) percentile99(ours) / percentile99(own));
    }

    assertThat(fleet.proxy().requests()).hasSize(hung);
  }

  private static long nanosOf(WorkerService service) {
    long start = System.nanoTime();
    assertThat(service.get("/").execute().status()).isEqualTo(200);
    return System.nanoTime() - start;
  }

  private static long percentile99(List<Long> nanos) {
    return nanos.stream().sorted().toList().get(nanos.size() * 99 / 100);
  }
}

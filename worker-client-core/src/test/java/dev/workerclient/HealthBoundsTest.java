package dev.workerclient;

import static dev.workerclient.ProxyReports.SOUND;
import static dev.workerclient.ProxyReports.proxy;
import static dev.workerclient.ProxyReports.report;
import static dev.workerclient.TestRoute.answered;
import static dev.workerclient.TestRoute.hanging;
import static dev.workerclient.TestRoute.plain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.error.ServiceError;
import dev.workerclient.health.HealthStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What asking after health costs: time, requests and threads. */
@Timeout(60)
class HealthBoundsTest {
  private static final Duration LIMIT = Duration.ofMillis(400);

  @RegisterExtension final TestFleet fleet = new TestFleet();
  private final TestTiming timing = new TestTiming();
  private final CountDownLatch released = new CountDownLatch(1);
  private WorkerClient.Builder builder = WorkerClient.builder();

  @BeforeEach
  void wellFleet() {
    fleet.proxy().answers(proxy(report(SOUND), answered(200, "{}")));
    fleet.domain().answers(plain(200, "{}"));
    builder = timing.in(fleet.builder()).healthTimeout(LIMIT);
  }

  @AfterEach
  void release() {
    released.countDown();
  }

  @Test
  void aHundredCallersAtOnceCauseOneRound() throws Exception {
    CountDownLatch firstIsAsked = new CountDownLatch(1);
    fleet
        .domain()
        .answers(
            request -> {
              firstIsAsked.countDown();
              await(released);
              return plain(200, "{}");
            });
    ExecutorService callers = Executors.newFixedThreadPool(100);
    try (WorkerClient client = builder.healthTimeout(Duration.ofSeconds(20)).build()) {
      List<Future<HealthReport>> reports = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        reports.add(callers.submit(client::health));
      }
      await(firstIsAsked);
      released.countDown();

      HealthReport first = reports.get(0).get();
      for (Future<HealthReport> report : reports) {
        assertThat(report.get()).isSameAs(first);
      }
      assertThat(fleet.domain().requests()).hasSize(1);
      assertThat(fleet.proxy().requests()).hasSize(2);
    } finally {
      callers.shutdownNow();
    }
  }

  @Test
  void aReportIsSharedForFiveSecondsAndNoLonger() {
    try (WorkerClient client = builder.build()) {
      HealthReport first = client.health();
      timing.pass(Duration.ofMillis(4_999));
      assertThat(client.health()).isSameAs(first);

      timing.pass(Duration.ofMillis(1));
      assertThat(client.health()).isNotSameAs(first);
      assertThat(fleet.domain().requests()).hasSize(2);
    }
  }

  @Test
  void aClockThatIsSetBackDoesNotKeepTheReport() {
    try (WorkerClient client = builder.build()) {
      HealthReport first = client.health();
      timing.pass(Duration.ofHours(-1));

      assertThat(client.health()).isNotSameAs(first);
    }
  }

  @Test
  void routesThatHangAreAskedAtTheSameTime() {
    builder = WorkerClient.builder().healthTimeout(LIMIT).bindingProxy(fleet.proxy().url());
    for (int i = 0; i < 40; i++) {
      builder.service("S" + i, service -> service.customDomain(fleet.domain().url()));
    }
    fleet.proxy().answers(hanging());
    fleet.domain().answers(hanging());
    try (WorkerClient client = builder.build()) {
      long start = System.nanoTime();
      HealthReport health = client.health();
      Duration took = Duration.ofNanos(System.nanoTime() - start);

      assertThat(health.status()).isEqualTo(HealthStatus.DOWN);
      assertThat(took).isLessThan(LIMIT.multipliedBy(3)); // 81 requests, one after the other: 32 s.
      assertThat(error(health, "S39").code()).isEqualTo("WORKER_TIMEOUT");
      assertThat(error(health, "S39").diagnosis().fix()).contains("healthTimeout");
    }
  }

  @Test
  void aShorterAttemptTimeoutOfTheServiceCounts() {
    fleet.domain().answers(hanging());
    builder =
        WorkerClient.builder()
            .healthTimeout(Duration.ofSeconds(30))
            .service(
                "APIMOM",
                service ->
                    service
                        .customDomain(fleet.domain().url())
                        .attemptTimeout(Duration.ofMillis(50)));
    try (WorkerClient client = builder.build()) {
      assertThat(client.health().service("APIMOM").routes().get(0).latency())
          .isLessThan(Duration.ofSeconds(15));
    }
  }

  @Test
  void whatCannotBeCancelledHoldsUpNeitherTheReportNorMoreThanOneThread() {
    AtomicInteger asked = new AtomicInteger();
    builder =
        timing
            .in(WorkerClient.builder())
            .healthTimeout(LIMIT)
            .service(
                "APIMOM",
                service ->
                    service.customDomain(
                        fleet.domain().url(),
                        domain ->
                            domain.bearerToken(
                                () -> {
                                  asked.incrementAndGet();
                                  await(released);
                                  return "token";
                                })));
    try (WorkerClient client = builder.build()) {
      assertThat(error(client.health(), "APIMOM").diagnosis().cause()).contains("supplier");
      timing.pass(Duration.ofSeconds(6));
      client.health();

      assertThat(asked).hasValue(1);
    }
  }

  @Test
  void anInterruptEndsNoWaitAndIsKept() throws Exception {
    CompletableFuture<Thread> caller = new CompletableFuture<>();
    fleet
        .domain()
        .answers(
            request -> {
              caller.join().interrupt();
              return plain(200, "{}");
            });
    try (WorkerClient client = builder.healthTimeout(Duration.ofSeconds(20)).build()) {
      CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
      CompletableFuture<HealthReport> report = new CompletableFuture<>();
      Thread thread =
          new Thread(
              () -> {
                report.complete(client.health());
                interrupted.complete(Thread.currentThread().isInterrupted());
              });
      thread.start();
      caller.complete(thread);

      assertThat(report.get().status()).isEqualTo(HealthStatus.UP);
      assertThat(interrupted.get()).isTrue();
    }
  }

  @Test
  void healthIsKnownWhileUsersCallsTakeAllOfTheExecutor() {
    try (WorkerClient client = builder.executor(task -> {}).build()) {
      assertThat(client.health().status()).isEqualTo(HealthStatus.UP);
    }
  }

  private static ServiceError error(HealthReport health, String service) {
    return Objects.requireNonNull(health.service(service).routes().get(0).error());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package dev.workerclient;

import static dev.workerclient.Breakers.OPEN_TIME_IS_OVER;
import static dev.workerclient.Breakers.bothFixed;
import static dev.workerclient.Breakers.call;
import static dev.workerclient.Breakers.lost;
import static dev.workerclient.Breakers.proxyOnlyFixed;
import static dev.workerclient.Breakers.refused;
import static dev.workerclient.TestRoute.answered;
import static dev.workerclient.TestRoute.hanging;
import static dev.workerclient.TestRoute.plain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.error.Attempt;
import dev.workerclient.error.CircuitOpenException;
import dev.workerclient.error.WorkerException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import mockwebserver3.RecordedRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Fixed thresholds: without a health path users' calls find out, two at once and of the right kind.
 */
@Timeout(60)
class RecoveryTest {
  @RegisterExtension final TestFleet fleet = new TestFleet();
  private final TestTiming timing = new TestTiming();
  private CompletableFuture<WorkerResponse> slow = new CompletableFuture<>();
  private final Semaphore arrived = new Semaphore(0);
  private final Semaphore ended = new Semaphore(0);
  private final Semaphore refusals = new Semaphore(0);

  private final CallListener listener =
      new CallListener() {
        @Override
        public void callEnded(
            CallInfo call,
            Duration elapsed,
            List<Attempt> attempts,
            @Nullable WorkerException failure) {
          (failure instanceof CircuitOpenException ? refusals : ended).release();
        }
      };

  @Test
  void withAnotherRouteWellARepeatableCallIsTheProbeAndAPostIsNot() {
    fleet.proxy().answers(lost());
    fleet.domain().answers(plain(200, "{}"));
    WorkerService service = fleet.service(bothFixed(fleet, timing));
    call(service, 5);
    timing.pass(OPEN_TIME_IS_OVER);
    fleet.proxy().answers(answered(200, "{}"));

    assertThat(service.post("/").execute().route()).isEqualTo("custom-domain");
    assertThat(service.get("/").execute().route()).isEqualTo("binding-proxy");
    assertThat(service.post("/").execute().route()).isEqualTo("custom-domain");
    assertThat(service.get("/").execute().route()).isEqualTo("binding-proxy");
    assertThat(service.post("/").execute().route()).isEqualTo("binding-proxy");
  }

  @Test
  void aUsersProbeThatFailsIsMadeGoodByTheOtherRoute() {
    fleet.proxy().answers(lost());
    fleet.domain().answers(plain(200, "{}"));
    WorkerService service = fleet.service(bothFixed(fleet, timing));
    call(service, 5);
    timing.pass(OPEN_TIME_IS_OVER);

    assertThat(service.get("/").execute().attempts()).hasSize(2);
    assertThat(service.get("/").execute().attempts()).hasSize(2);
    assertThat(service.get("/").execute().attempts()).hasSize(1);
    assertThat(fleet.proxy().requests()).hasSize(7);
  }

  @Test
  void withNoOtherRouteAPostIsTheProbe() {
    WorkerService service = opened();
    timing.pass(OPEN_TIME_IS_OVER);
    fleet.proxy().answers(answered(200, "{}"));

    assertThat(service.post("/").execute().status()).isEqualTo(200);
    assertThat(service.post("/").execute().status()).isEqualTo(200);
    assertThat(fleet.proxy().requests()).hasSize(7);
  }

  @Test
  void ofAHundredCallsAtOnceTwoReachTheRouteAndACancelLosesNoPermit() throws Exception {
    WorkerService service = opened();
    timing.pass(OPEN_TIME_IS_OVER);
    fleet.proxy().answers(this::stall);

    for (int round = 1; round <= 3; round++) {
      List<CompletableFuture<WorkerResponse>> calls = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        calls.add(service.get("/").executeAsync());
      }
      assertThat(arrived.tryAcquire(2, 20, TimeUnit.SECONDS)).isTrue();
      assertThat(refusals.tryAcquire(98, 20, TimeUnit.SECONDS)).isTrue();
      assertThat(fleet.proxy().requests()).hasSize(5 + 2 * round);
      calls.forEach(call -> call.cancel(true));
      assertThat(ended.tryAcquire(2, 20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aSlowCallOfBeforeThatSucceedsDoesNotBringTheRouteBack() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    WorkerService service = openedDuring(release);

    release.countDown();
    assertThat(slow.get().status()).isEqualTo(200);

    assertThat(refused(service)).isNotNull();
    timing.pass(Duration.ofSeconds(35));
    assertThat(refused(service)).isNotNull();
  }

  @Test
  void aSlowCallOfBeforeThatEndsDuringRecoveryAddsNoPermitAndCountsAsNothing() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    WorkerService service = openedDuring(release);
    timing.pass(OPEN_TIME_IS_OVER);
    fleet.proxy().answers(answered(200, "{}"));
    call(service, 1);
    assertThat(arrived.drainPermits()).isZero();

    release.countDown();
    assertThat(slow.get().status()).isEqualTo(200);
    ended.drainPermits();
    fleet.proxy().answers(this::stall);
    CompletableFuture<WorkerResponse> second = service.get("/").executeAsync();
    assertThat(arrived.tryAcquire(20, TimeUnit.SECONDS)).isTrue();

    assertThat(refused(service)).isNotNull();
    second.cancel(true);
    assertThat(ended.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
  }

  /** A service with the proxy alone, left out. */
  private WorkerService opened() {
    fleet.proxy().answers(lost());
    WorkerService service = fleet.service(proxyOnlyFixed(fleet, timing).listener(listener));
    call(service, 5);
    assertThat(refused(service)).isNotNull();
    ended.drainPermits();
    refusals.drainPermits();
    return service;
  }

  /** The same, with a call under way that was admitted before. */
  private WorkerService openedDuring(CountDownLatch release) throws Exception {
    CountDownLatch underWay = new CountDownLatch(1);
    fleet
        .proxy()
        .answers(
            request -> {
              underWay.countDown();
              await(release);
              return answered(200, "{}");
            });
    WorkerService service = fleet.service(proxyOnlyFixed(fleet, timing).listener(listener));
    slow = service.get("/slow").executeAsync();
    assertThat(underWay.await(20, TimeUnit.SECONDS)).isTrue();
    fleet.proxy().answers(lost());
    call(service, 5);
    assertThat(refused(service)).isNotNull();
    return service;
  }

  private mockwebserver3.MockResponse stall(RecordedRequest request) {
    arrived.release();
    return hanging();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}

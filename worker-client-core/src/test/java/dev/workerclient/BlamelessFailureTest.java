package dev.workerclient;

import static dev.workerclient.Breakers.OPEN_TIME_IS_OVER;
import static dev.workerclient.Breakers.call;
import static dev.workerclient.Breakers.cloudflare;
import static dev.workerclient.Breakers.lost;
import static dev.workerclient.Breakers.proxyOnly;
import static dev.workerclient.Breakers.proxyOnlyFixed;
import static dev.workerclient.Breakers.refused;
import static dev.workerclient.TestRoute.answered;
import static dev.workerclient.TestRoute.dispatchMismatch;
import static dev.workerclient.TestRoute.dropped;
import static dev.workerclient.TestRoute.hanging;
import static dev.workerclient.TestRoute.plain;
import static dev.workerclient.TestRoute.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import dev.workerclient.error.Attempt;
import dev.workerclient.error.WorkerCancelledException;
import dev.workerclient.error.WorkerException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What one request, one path or the caller can cause says nothing of the route. */
@Timeout(60)
class BlamelessFailureTest {
  @RegisterExtension final TestFleet fleet = new TestFleet();
  private final TestTiming timing = new TestTiming();
  private final Semaphore arrived = new Semaphore(0);
  private final BlockingQueue<WorkerException> ended = new LinkedBlockingQueue<>();

  private final CallListener listener =
      new CallListener() {
        @Override
        public void callEnded(
            CallInfo call,
            Duration elapsed,
            List<Attempt> attempts,
            @Nullable WorkerException failure) {
          if (failure instanceof WorkerCancelledException) {
            ended.add(failure);
          }
        }
      };

  static Stream<Named<MockResponse>> failures() {
    return Stream.of(
        named("1101", cloudflare(500, 1101)),
        named("1102", cloudflare(503, 1102)),
        named("TARGET_THREW", problem(500, "dispatch-threw", "TARGET_THREW")),
        named("TARGET_RETURNED_NO_RESPONSE", dispatchMismatch()),
        named("TARGET_HUNG", problem(500, "dispatch-threw", "TARGET_HUNG")),
        named("OBJECT_OVERLOADED", problem(503, "dispatch-threw", "OBJECT_OVERLOADED")),
        named("METHOD_NOT_ALLOWED", problem(405, "not-dispatched", "METHOD_NOT_ALLOWED")),
        named("BODY_TOO_LARGE", problem(413, "not-dispatched", "BODY_TOO_LARGE")),
        named("FORBIDDEN", problem(403, "not-dispatched", "FORBIDDEN")),
        named("a firewall rule", cloudflare(403, 1020)),
        named("a rate limit", cloudflare(429, 1015)),
        named(
            "a challenge",
            plain(403, "{}").newBuilder().addHeader("cf-mitigated", "challenge").build()),
        named(
            "Access",
            new MockResponse.Builder()
                .code(302)
                .addHeader("Location", "https://t.cloudflareaccess.com/cdn-cgi/access/login/h")
                .build()));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void itNeverLeavesTheRouteOut(MockResponse failure) {
    fleet.proxy().answers(failure);
    WorkerService service = fleet.service(proxyOnly(fleet, timing));

    call(service, 20);

    assertThat(fleet.proxy().requests()).hasSize(20);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void itGivesItsPermitBackWhileTheRouteRecovers(MockResponse failure) {
    WorkerService service = recovering();
    fleet.proxy().answers(failure);

    call(service, 5);
    assertThat(fleet.proxy().requests()).hasSize(10);

    fleet.proxy().answers(answered(200, "{}"));
    call(service, 5);
    assertThat(fleet.proxy().requests()).hasSize(15);
  }

  @Test
  void cancelledCallsLeaveNoRouteOutAndLoseNoPermit() throws Exception {
    WorkerService service = recovering();
    fleet.proxy().answers(this::stall);

    for (int i = 0; i < 5; i++) {
      CompletableFuture<WorkerResponse> future = service.get("/").executeAsync();
      assertThat(arrived.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
      future.cancel(true);
      assertThat(ended.poll(20, TimeUnit.SECONDS)).isNotNull();
    }

    fleet.proxy().answers(answered(200, "{}"));
    call(service, 5);
    assertThat(fleet.proxy().requests()).hasSize(15);
  }

  @Test
  void interruptedCallsLeaveNoRouteOutAndLoseNoPermit() {
    WorkerService service = recovering();
    Thread caller = Thread.currentThread();
    fleet
        .proxy()
        .answers(
            request -> {
              caller.interrupt();
              return dropped();
            });

    for (int i = 0; i < 5; i++) {
      call(service, 1);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(ended.poll()).isNotNull();
    }

    fleet.proxy().answers(answered(200, "{}"));
    call(service, 5);
    assertThat(fleet.proxy().requests()).hasSize(15);
  }

  private WorkerService recovering() {
    fleet.proxy().answers(lost());
    WorkerService service = fleet.service(proxyOnlyFixed(fleet, timing).listener(listener));
    call(service, 5);
    assertThat(refused(service)).isNotNull();
    timing.pass(OPEN_TIME_IS_OVER);
    return service;
  }

  private MockResponse stall(mockwebserver3.RecordedRequest request) {
    arrived.release();
    return hanging();
  }
}

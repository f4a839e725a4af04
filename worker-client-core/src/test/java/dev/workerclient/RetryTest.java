package dev.workerclient;

import static dev.workerclient.Breakers.lost;
import static dev.workerclient.TestRoute.answered;
import static dev.workerclient.TestRoute.bindingMissing;
import static dev.workerclient.TestRoute.dispatchMismatch;
import static dev.workerclient.TestRoute.dropped;
import static dev.workerclient.TestRoute.plain;
import static dev.workerclient.TestRoute.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.error.Attempt;
import dev.workerclient.error.DispatchMismatchException;
import dev.workerclient.error.RateLimitedException;
import dev.workerclient.error.WorkerCancelledException;
import dev.workerclient.error.WorkerConnectionException;
import dev.workerclient.error.WorkerException;
import dev.workerclient.error.WorkerThrewException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.MockResponse;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a call goes through its routes again, after what wait, and when there is none. */
@Timeout(30)
class RetryTest {
  @RegisterExtension final TestFleet fleet = new TestFleet();
  private final TestTiming timing = new TestTiming();

  private WorkerService service() {
    return fleet.service(timing.in(fleet.builder()));
  }

  private WorkerService domainOnly() {
    return fleet.service(
        timing.in(
            WorkerClient.builder()
                .service("APIMOM", own -> own.customDomain(fleet.domain().url()))));
  }

  private static MockResponse throttled(int status, String retryAfter) {
    return plain(status, "{}").newBuilder().addHeader("Retry-After", retryAfter).build();
  }

  @Test
  void eachRouteIsTriedOnceWithoutAWaitAndThenTheFirstAgainAfterOne() {
    fleet.proxy().answers(lost());
    fleet.domain().answers(dropped());

    WorkerException failure =
        catchThrowableOfType(WorkerException.class, () -> service().get("/").execute());

    assertThat(failure.attempts())
        .extracting(Attempt::route)
        .containsExactly("binding-proxy", "custom-domain", "binding-proxy");
    assertThat(timing.waits()).containsExactly(Duration.ofMillis(100));
    assertThat(fleet.proxy().requests()).hasSize(2);
    assertThat(fleet.domain().requests()).hasSize(1);
  }

  @Test
  void aTransientFailureIsMadeGoodByTheSameRoute() {
    AtomicInteger asked = new AtomicInteger();
    fleet.domain().answers(request -> asked.incrementAndGet() < 3 ? dropped() : plain(200, "well"));

    WorkerResponse response = domainOnly().get("/").execute();

    assertThat(response.string()).isEqualTo("well");
    assertThat(response.attempts()).hasSize(3);
    assertThat(timing.waits()).containsExactly(Duration.ofMillis(100), Duration.ofMillis(200));
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 0", "0.5, 50, 100", "1, 100, 200"})
  void theWaitIsARandomPartOfOneThatDoubles(double dice, long first, long second) {
    fleet.domain().answers(dropped());
    timing.dice(dice);

    fails(WorkerException.class, () -> domainOnly().get("/").execute());

    assertThat(timing.waits()).containsExactly(Duration.ofMillis(first), Duration.ofMillis(second));
  }

  @Test
  void aPostThatMayHaveRunIsNotSentAgain() {
    fleet.domain().answers(dropped());

    WorkerConnectionException failure =
        catchThrowableOfType(
            WorkerConnectionException.class, () -> domainOnly().post("/").execute());

    assertThat(failure.attempts()).hasSize(1);
    assertThat(fleet.domain().requests()).hasSize(1);
    assertThat(timing.waits()).isEmpty();
  }

  @Test
  void aPostWithAnIdempotencyKeyIsSentAgain() {
    fleet.domain().answers(dropped());

    fails(WorkerException.class, () -> domainOnly().post("/").idempotencyKey("k-1").execute());

    assertThat(fleet.domain().requests()).hasSize(3);
    assertThat(fleet.domain().requests())
        .allMatch(request -> "k-1".equals(request.getHeaders().get("Idempotency-Key")));
  }

  @Test
  void aPostThatProvablyDidNotRunGoesToTheNextRouteAndNoFurther() {
    fleet.proxy().answers(bindingMissing());
    fleet.domain().answers(dropped());

    WorkerException failure =
        catchThrowableOfType(WorkerException.class, () -> service().post("/").execute());

    assertThat(failure.attempts()).hasSize(2);
    assertThat(fleet.domain().requests()).hasSize(1);
    assertThat(timing.waits()).isEmpty();
  }

  @Test
  void aDeterministicFailureIsNotRetriedOnTheRouteThatGaveIt() {
    fleet.proxy().answers(dispatchMismatch());
    fleet.domain().answers(dispatchMismatch());

    WorkerException failure =
        catchThrowableOfType(
            WorkerException.class,
            () ->
                fleet
                    .service(
                        timing.in(
                            WorkerClient.builder()
                                .bindingProxy(fleet.proxy().url())
                                .service("APIMOM")))
                    .get("/")
                    .execute());

    assertThat(failure).isInstanceOf(DispatchMismatchException.class);
    assertThat(fleet.proxy().requests()).hasSize(1);
  }

  @Test
  void aThrowingTargetIsAskedOnce() {
    fleet.proxy().answers(problem(500, "dispatch-threw", "TARGET_THREW"));

    fails(WorkerThrewException.class, () -> service().get("/").execute());

    assertThat(fleet.proxy().requests()).hasSize(1);
    assertThat(fleet.domain().requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void anAnswerThatAsksToComeBackIsTriedAgainOnTheSameRoute(int status) {
    AtomicInteger asked = new AtomicInteger();
    fleet
        .proxy()
        .answers(
            request ->
                asked.incrementAndGet() == 1
                    ? throttled(status, "2")
                        .newBuilder()
                        .addHeader("Binding-Proxy-Outcome", "target-answered")
                        .build()
                    : answered(200, "later"));
    timing.dice(0);

    assertThat(service().get("/").execute().string()).isEqualTo("later");
    assertThat(timing.waits()).hasSize(1);
    assertThat(timing.waits().get(0)).isBetween(Duration.ofMillis(1_900), Duration.ofSeconds(2));
    assertThat(fleet.domain().requests()).isEmpty();
  }

  @Test
  void retryAfterGetsUpToAQuarterMore() {
    AtomicInteger asked = new AtomicInteger();
    fleet
        .domain()
        .answers(
            request -> asked.incrementAndGet() == 1 ? throttled(429, "2") : plain(200, "later"));

    domainOnly().get("/").execute();

    assertThat(timing.waits()).hasSize(1);
    assertThat(timing.waits().get(0)).isBetween(Duration.ofMillis(2_400), Duration.ofMillis(2_500));
  }

  @Test
  void anAnswerThatAsksForMoreThanTheDeadlineLeavesIsReturnedAsItIs() {
    fleet.domain().answers(throttled(503, "60"));

    WorkerResponse response = domainOnly().get("/").execute();

    assertThat(response.status()).isEqualTo(503);
    assertThat(response.header("Retry-After")).isEqualTo("60");
    assertThat(fleet.domain().requests()).hasSize(1);
  }

  @Test
  void theLastAnswerIsReturnedWhenTheAttemptsAreUsedUp() {
    fleet.domain().answers(throttled(429, "0"));

    assertThat(domainOnly().get("/").execute().status()).isEqualTo(429);
    assertThat(fleet.domain().requests()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"429", "503", "500", "404"})
  void anyOtherAnswerIsFinal(int status) {
    fleet.domain().answers(plain(status, "{}"));

    assertThat(domainOnly().get("/").execute().status()).isEqualTo(status);
    assertThat(fleet.domain().requests()).hasSize(1);
  }

  @Test
  void aThrottledPostIsReturnedAsItIs() {
    fleet.domain().answers(throttled(429, "0"));

    assertThat(domainOnly().post("/").execute().status()).isEqualTo(429);
    assertThat(fleet.domain().requests()).hasSize(1);
  }

  @Test
  void anAnswerThatAskedToComeBackStandsAmongTheAttemptsOfALaterFailure() {
    AtomicInteger asked = new AtomicInteger();
    fleet
        .domain()
        .answers(request -> asked.incrementAndGet() == 1 ? throttled(429, "0") : dropped());

    WorkerConnectionException failure =
        catchThrowableOfType(
            WorkerConnectionException.class, () -> domainOnly().get("/").execute());

    assertThat(failure.attempts())
        .extracting(attempt -> attempt.status().orElse(0))
        .containsExactly(429, 0, 0);
    assertThat(failure.getSuppressed()).hasSize(1);
    assertThat(((WorkerException) failure.getSuppressed()[0]).attempts().get(0).status()).isEmpty();
  }

  @Test
  void aRateLimitOfTheZoneIsWaitedForOrSaidWithItsWait() {
    fleet
        .domain()
        .answers(
            new MockResponse.Builder()
                .code(429)
                .addHeader("Content-Type", "text/plain")
                .addHeader("Retry-After", "30")
                .body("error code: 1015")
                .build());

    RateLimitedException failure =
        catchThrowableOfType(RateLimitedException.class, () -> domainOnly().get("/").execute());

    assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(30));
    assertThat(fleet.domain().requests()).hasSize(1);
  }

  @Test
  void withoutRetriesThereIsOnePassThroughTheRoutes() {
    fleet.proxy().answers(lost());
    fleet.domain().answers(dropped());

    fails(WorkerException.class, () -> service().get("/").retry(RetryOptions.disabled()).execute());

    assertThat(fleet.proxy().requests()).hasSize(1);
    assertThat(fleet.domain().requests()).hasSize(1);
  }

  @Test
  void oneAttemptMeansNoOtherRouteEither() {
    fleet.proxy().answers(bindingMissing());

    fails(
        WorkerException.class,
        () -> service().get("/").retry(RetryOptions.builder().maxAttempts(1).build()).execute());

    assertThat(fleet.domain().requests()).isEmpty();
  }

  @Test
  void aBodyThatCanBeReadOnceIsNotSentAgain() {
    fleet.domain().answers(dropped());

    fails(
        WorkerException.class,
        () ->
            domainOnly()
                .put("/")
                .body(new java.io.ByteArrayInputStream(new byte[10]), "text/plain")
                .execute());

    assertThat(fleet.domain().requests()).hasSize(1);
  }

  @Test
  void aCancelDuringTheWaitEndsTheCallAtOnce() throws Exception {
    fleet.domain().answers(dropped());
    CountDownLatch waiting = new CountDownLatch(1);
    WorkerService service =
        fleet.service(
            WorkerClient.builder()
                .service("APIMOM", own -> own.customDomain(fleet.domain().url()))
                .timing(
                    (time, cancellation) -> {
                      waiting.countDown();
                      cancellation.await(Duration.ofMinutes(1));
                    },
                    () -> 1,
                    java.time.Clock.systemUTC()));

    CompletableFuture<WorkerResponse> future = service.get("/").executeAsync();
    assertThat(waiting.await(10, TimeUnit.SECONDS)).isTrue();
    future.cancel(true);

    assertThat(catchThrowableOfType(CancellationException.class, future::join)).isNotNull();
    assertThat(fleet.domain().requests()).hasSize(1);
  }

  @Test
  void anInterruptDuringTheWaitEndsTheCallWithTheFlagSet() {
    fleet.domain().answers(dropped());
    WorkerService service =
        fleet.service(
            WorkerClient.builder()
                .service("APIMOM", own -> own.customDomain(fleet.domain().url()))
                .timing(
                    (time, cancellation) -> {
                      Thread.currentThread().interrupt();
                      cancellation.await(Duration.ofMinutes(1));
                    },
                    () -> 1,
                    java.time.Clock.systemUTC()));

    WorkerCancelledException failure =
        catchThrowableOfType(WorkerCancelledException.class, () -> service.get("/").execute());

    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure.attempts()).hasSize(1);
  }

  private static <T extends WorkerException> void fails(
      Class<T> type, ThrowableAssert.ThrowingCallable call) {
    assertThatExceptionOfType(type).isThrownBy(call);
  }
}

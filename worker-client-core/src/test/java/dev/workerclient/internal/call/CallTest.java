package dev.workerclient.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.error.Attempt;
import dev.workerclient.error.Delivery;
import dev.workerclient.error.WorkerException;
import dev.workerclient.internal.call.Call.Observer;
import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.classify.table.FailureKind;
import dev.workerclient.internal.http.CallSpec;
import dev.workerclient.internal.http.CallSpec.Header;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A call's deadline and attempts, by a clock that the test sets. */
class CallTest {
  private static final long MILLI = 1_000_000;
  private static final Failure PASSES = failure(true);
  private static final Failure STAYS = failure(false);

  private long now = 5_000 * MILLI;
  private final Call call = call(3, true, () -> now);

  static Call call(int attempts, boolean repeatable, LongSupplier clock) {
    Duration attempt = Duration.ofSeconds(1);
    CallSpec.Limits limits = new CallSpec.Limits(attempt.multipliedBy(4), attempt, attempt, 1);
    CallSpec spec = CallSpecs.get(repeatable, limits);
    RetryPolicy retry =
        RetryPolicy.of("ORDERS", attempts, true, Duration.ZERO, Duration.ZERO, null, () -> 0);
    return new Call(spec, retry, null, clock);
  }

  private static Failure failure(boolean passes) {
    return Failure.builder(FailureKind.WORKER_CONNECTION, "no").helps(passes, true).build();
  }

  private static Attempt attempt(int number, Delivery delivery) {
    return Attempt.builder("custom-domain")
        .number(number)
        .delivery(delivery)
        .elapsed(Duration.ofMillis(number))
        .build();
  }

  private static Attempt attempt(int number) {
    return attempt(number, Delivery.UNKNOWN);
  }

  private static List<Integer> numbers(Call call) {
    return call.attempts().stream().map(Attempt::number).toList();
  }

  @Test
  void itsDeadlineIsItsTimeAfterItBegan() {
    assertThat(call.timeLeft()).isEqualTo(Duration.ofSeconds(4));
    now += 3_999 * MILLI;
    assertThat(call.timeLeft()).isEqualTo(Duration.ofMillis(1));
    assertThat(call.whyNotBegun()).isNull();
    now += MILLI;
    assertThat(Objects.requireNonNull(call.whyNotBegun()).kind())
        .isEqualTo(FailureKind.WORKER_TIMEOUT);
  }

  @Test
  void aCancelledCallDoesNotBegin() {
    assertThat(call.isStopped()).isFalse();
    call.cancellation().cancel();

    assertThat(call.isStopped()).isTrue();
    assertThat(Objects.requireNonNull(call.whyNotBegun()).kind())
        .isEqualTo(FailureKind.WORKER_CANCELLED);
  }

  @Test
  void anInterruptedCallDoesNotBegin() {
    Thread.currentThread().interrupt();
    assertThat(call.isStopped()).isTrue();
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void attemptsAreNumberedAndCounted() {
    assertThat(call.number()).isEqualTo(1);
    assertThat(call.onRoute(true, true).attemptsLeft()).isEqualTo(3);
    call.record(attempt(1), PASSES);
    assertThat(call.mayAttemptTwice()).isTrue();
    call.record(attempt(2), null);

    assertThat(call.number()).isEqualTo(3);
    assertThat(call.attemptCount()).isEqualTo(2);
    assertThat(call.mayAttemptTwice()).isFalse();
    assertThat(call.between(true).attemptsLeft()).isEqualTo(1);
    assertThat(numbers(call)).containsExactly(1, 2);
    assertThat(call.failures()).hasSize(1);
    assertThat(call.nanosOfAttempts()).isEqualTo(3 * MILLI);
  }

  @Test
  void theLastFailureThatPassesIsWhatIsWaitedFor() {
    Failure first = failure(true);
    assertThat(call.lastTransient(STAYS)).isSameAs(STAYS);
    call.record(attempt(1), first);
    assertThat(call.lastTransient(STAYS)).isSameAs(first);
    call.record(attempt(2), PASSES);
    call.record(attempt(3), STAYS);

    assertThat(call.lastTransient(STAYS)).isSameAs(PASSES);
  }

  @Test
  void whoWatchesIsToldOfTheEndWithItsTimeAndAttempts() {
    List<Duration> ends = new ArrayList<>();
    Observer observer =
        new Observer() {
          @Override
          public void started() {}

          @Override
          public List<Header> attemptStarted(
              String route, HttpUrl url, int number, boolean isHedge) {
            return List.of();
          }

          @Override
          public void attemptEnded(Attempt attempt) {}

          @Override
          public void ended(
              Duration elapsed, List<Attempt> attempts, @Nullable WorkerException failure) {
            assertThat(attempts).extracting(Attempt::number).containsExactly(1);
            assertThat(failure).isNull();
            ends.add(elapsed);
          }
        };
    Call watched = new Call(call.spec, call.retry, observer, () -> now);
    watched.record(attempt(1), null);
    now += 1_500 * MILLI;

    watched.ended(null);
    call.ended(null);

    assertThat(ends).containsExactly(Duration.ofMillis(1_500));
  }

  @Test
  void aRouteThatAskedForAWaitMayBeAskedAgainAfterIt() {
    Failure busy =
        Failure.builder(FailureKind.RATE_LIMITED, "busy")
            .response(429, null, Duration.ofSeconds(1))
            .helps(true, true)
            .build();
    call.plan(1).failed(0, busy, now, () -> 0);
    assertThat(call.waitForRoute(7)).isEqualTo(1_000 * MILLI);
    assertThat(call.allows(0)).isFalse();

    call.waited(now, Duration.ofMillis(999));
    assertThat(call.allows(0)).isFalse();
    call.waited(now, Duration.ofSeconds(1));
    assertThat(call.allows(0)).isTrue();
  }

  @Test
  void itWentOnForFreeIfOnlyTheLastAttemptCanHaveReachedTheTarget() {
    assertThat(call.wentOnForFree()).isTrue();
    call.record(attempt(1, Delivery.NOT_DELIVERED), PASSES);
    call.record(attempt(2, Delivery.UNKNOWN), PASSES);
    assertThat(call.wentOnForFree()).isTrue();
    call.record(attempt(3, Delivery.DELIVERED), null);
    assertThat(call.wentOnForFree()).isFalse();
  }

  @Test
  void aHedgeHasTheDeadlineAndTheNextNumber() {
    call.record(attempt(1), PASSES);
    now += 1_000 * MILLI;
    Call hedge = call.hedge();

    assertThat(hedge.timeLeft()).isEqualTo(Duration.ofSeconds(3));
    assertThat(hedge.number()).isEqualTo(3);
    assertThat(call.number()).isEqualTo(3); // After its own second attempt.
    assertThat(call.between(true).attemptsLeft()).isEqualTo(1);
  }

  @Test
  void whoseOutcomeCountsIsTheLastAttempt() {
    call.record(attempt(1), PASSES);
    Call hedge = call.hedge();
    call.record(attempt(2), STAYS);
    hedge.record(attempt(3), PASSES);
    call.merge(hedge, false);
    assertThat(numbers(call)).containsExactly(1, 3, 2);
    assertThat(call.failures()).hasSize(3);
    assertThat(call.number()).isEqualTo(4);

    Call other = call(3, true, () -> now);
    Call winner = other.hedge();
    other.record(attempt(1), PASSES);
    winner.record(attempt(2), null);
    other.merge(winner, true);
    assertThat(numbers(other)).containsExactly(1, 2);
  }

  @Test
  void aHedgeThatIsAbandonedIsAnAttempt() {
    Call unused = call.hedge();
    call.record(attempt(1), null);
    call.abandon(attempt(2), STAYS);

    assertThat(numbers(call)).containsExactly(2, 1);
    assertThat(call.failures()).hasSize(1);
    assertThat(call.number()).isEqualTo(3);
  }

  @Test
  void withoutAFailureEachRouteMayBeAsked() {
    assertThat(call.allows(0)).isTrue();
    assertThat(call.waitForRoute(7)).isNegative();
    call.waited(now, Duration.ofSeconds(1));

    call.plan(2).failed(0, PASSES, now, () -> 0);
    assertThat(call.plan(2)).isSameAs(call.plan(2));
    assertThat(call.waitForRoute(7)).isEqualTo(7);
    call.plan(2).failed(1, STAYS, now, () -> 0);
    assertThat(call.allows(1)).isFalse();
  }
}

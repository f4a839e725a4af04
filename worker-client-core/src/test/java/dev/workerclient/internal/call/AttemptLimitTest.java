package dev.workerclient.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.error.WorkerTimeoutException.Phase;
import dev.workerclient.internal.call.Latencies.Latency;
import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.classify.Secrets;
import dev.workerclient.internal.classify.table.FailureKind;
import dev.workerclient.internal.http.Outcome;
import java.time.InstantSource;
import java.util.Objects;
import okhttp3.Headers;
import okio.Buffer;
import org.junit.jupiter.api.Test;

/** Of attempts that usually take a millisecond, one is ended early after 100. */
class AttemptLimitTest {
  private static final long MILLI = 1_000_000;
  private static final long MOST = 1_000 * MILLI;
  private static final long SHORT = 100 * MILLI;

  private long now = 5_000 * MILLI;
  private final RetryBudget budget = new RetryBudget(100, 14, 5);
  private final AttemptLimit limit = limit(true, true);
  private final Call call = call(3, true);

  private Call call(int attempts, boolean repeatable) {
    return CallTest.call(attempts, repeatable, () -> now);
  }

  private AttemptLimit limit(boolean shortens, boolean otherRoute) {
    return AttemptLimit.of(
        new Latencies(95),
        otherRoute,
        new CallPath.Resilience(
            budget,
            (wait, cancellation) -> {},
            timer -> {},
            null,
            shortens,
            InstantSource.system(),
            () -> 0));
  }

  private Latency known(AttemptLimit limited) {
    Latency usual = Objects.requireNonNull(limited.usual(call));
    for (int i = 0; i < Latency.LEAST; i++) {
      usual.add(MILLI);
    }
    return usual;
  }

  private Outcome answered(Latency usual, long nanos, long limited) {
    Outcome answer =
        new Outcome.Answered(200, Headers.of(), true, new Buffer(), null, Secrets.NONE, 1);
    return limit.ended(call, usual, answer, nanos, limited, MOST);
  }

  private Outcome timedOut(Latency usual, long nanos, long limited) {
    Failure failure =
        Failure.builder(FailureKind.WORKER_TIMEOUT, "no answer").phase(Phase.ATTEMPT).build();
    return limit.ended(call, usual, new Outcome.Failed(failure, 1), nanos, limited, MOST);
  }

  private static String summary(Outcome outcome) {
    return ((Outcome.Failed) outcome).failure().summary();
  }

  @Test
  void anAttemptThatTheCallCanRepeatIsEndedEarly() {
    assertThat(limit.nanos(call, known(limit), MOST)).isEqualTo(SHORT);
  }

  @Test
  void untilEnoughIsKnownItHasItsWholeTime() {
    assertThat(limit.nanos(call, limit.usual(call), MOST)).isEqualTo(MOST);
    assertThat(limit.nanos(call, null, MOST)).isEqualTo(MOST);
  }

  @Test
  void whatIsUsualIsNotAskedOfACallThatMayNotBeRepeated() {
    assertThat(limit.usual(call(3, false))).isNull();
    assertThat(AttemptLimit.FIXED.usual(call)).isNull();
  }

  @Test
  void theLastAttemptHasItsWholeTime() {
    assertThat(limit.nanos(call(1, true), known(limit), MOST)).isEqualTo(MOST);
  }

  @Test
  void aHedgeAndWhatHasOneHaveTheirWholeTime() {
    Latency usual = known(limit);
    assertThat(limit.nanos(call.hedge(), usual, MOST)).isEqualTo(MOST);

    Call hedged = call(3, true);
    hedged.hedged = true;
    assertThat(limit.nanos(hedged, usual, MOST)).isEqualTo(MOST);
  }

  @Test
  void withOneRouteItIsEndedEarlyIfThereIsAnotherPass() {
    AttemptLimit alone = limit(true, false);

    assertThat(alone.nanos(call, known(alone), MOST)).isEqualTo(SHORT);
    Call once = new Call(call.spec, RetryPolicy.ONE_PASS, null, () -> now);
    assertThat(alone.nanos(once, known(alone), MOST)).isEqualTo(MOST);
    assertThat(limit.nanos(once, known(limit), MOST)).isEqualTo(SHORT);
  }

  @Test
  void aWholeAttemptMustFitAfterwards() {
    Latency usual = known(limit);
    now += 4_000 * MILLI - 1_100 * MILLI;
    assertThat(limit.nanos(call, usual, MOST)).isEqualTo(SHORT);
    now += 1;
    assertThat(limit.nanos(call, usual, MOST)).isEqualTo(MOST);
  }

  @Test
  void theBudgetMustPayForWhatFollows() {
    Latency usual = known(limit);
    assertThat(limit.getAsBoolean()).isTrue();
    assertThat(budget.tokens()).isEqualTo(86);
    budget.didNotHelp();

    assertThat(limit.nanos(call, usual, MOST)).isEqualTo(MOST);
    assertThat(limit.getAsBoolean()).isFalse();
    assertThat(AttemptLimit.FIXED.getAsBoolean()).isFalse();
  }

  @Test
  void itCanBeSwitchedOff() {
    AttemptLimit off = limit(false, true);

    assertThat(off.nanos(call, known(off), MOST)).isEqualTo(MOST);
  }

  @Test
  void anAnswerFarLaterThanUsualIsOverdue() {
    Latency usual = known(limit);

    assertThat(answered(usual, SHORT, MOST)).isInstanceOf(Outcome.Answered.class);
    assertThat(call.overdue).isFalse();
    answered(usual, SHORT + 1, MOST);
    assertThat(call.overdue).isTrue();
    answered(usual, MILLI, MOST);
    assertThat(call.overdue).isFalse();
  }

  @Test
  void anAttemptThatWasEndedEarlySaysSoAndTheNextIsPaid() {
    Latency usual = known(limit);

    assertThat(summary(timedOut(usual, SHORT + 1, SHORT)))
        .startsWith("no answer within 100 ms, 8 times");
    assertThat(call.overdue).isTrue();
    assertThat(call.shortened).isTrue();
    assertThat(call.prepaid).isTrue();
    assertThat(budget.mayHelpSlowCall()).isFalse(); // Unless the next one is answered.
    answered(usual, MILLI, MOST);
    assertThat(budget.mayHelpSlowCall()).isTrue();
  }

  @Test
  void anAnswerThatIsLateTooDidNotHelp() {
    Latency usual = known(limit);
    timedOut(usual, SHORT + 1, SHORT);
    answered(usual, SHORT + 1, MOST);

    assertThat(budget.mayHelpSlowCall()).isFalse();
  }

  @Test
  void anAttemptThatHadItsWholeTimeIsNotOverdue() {
    Latency usual = known(limit);

    assertThat(summary(timedOut(usual, MOST, MOST))).isEqualTo("no answer");
    assertThat(call.overdue).isFalse();
    assertThat(summary(timedOut(usual, MOST, SHORT))).isEqualTo("no answer");
    assertThat(call.overdue).isFalse();
    assertThat(call.prepaid).isFalse();
  }

  @Test
  void anAttemptThatAnotherRouteOutranIsOverdueFromTheUsualTimeOn() {
    Latency usual = known(limit);
    Outcome cancelled = new Outcome.Failed(CallFailures.cancelled(), 1);

    assertThat(limit.ended(call, usual, cancelled, 9 * MILLI, MOST, MOST)).isSameAs(cancelled);
    assertThat(call.overdue).isFalse();
    call.cancellation.outrun();
    assertThat(summary(limit.ended(call, usual, cancelled, MILLI, MOST, MOST)))
        .isEqualTo("another route answered first");
    assertThat(call.overdue).isTrue();
    limit.ended(call, usual, cancelled, MILLI - 1, MOST, MOST);
    assertThat(call.overdue).isFalse();
  }

  @Test
  void whatIsUsualIsLearnedFromAnswersAndTimeouts() {
    Latency usual = Objects.requireNonNull(limit.usual(call));
    for (int i = 0; i < Latency.LEAST - 1; i++) {
      answered(usual, 30 * MILLI, MOST);
    }
    assertThat(limit.nanos(call, usual, MOST)).isEqualTo(MOST);

    timedOut(usual, 50 * MILLI, MOST);

    assertThat(limit.nanos(call, usual, MOST)).isEqualTo(8 * 50 * MILLI);
  }

  @Test
  void anAttemptThatWasOutrunCountsAsUsualUnlessItHadLessTime() {
    Latency usual = Objects.requireNonNull(limit.usual(call));
    for (int i = 1; i <= Latency.LEAST; i++) {
      usual.add(i * MILLI); // So 19 ms are usual.
    }
    Outcome cancelled = new Outcome.Failed(CallFailures.cancelled(), 1);
    call.cancellation.outrun();

    for (int i = 0; i < 400; i++) {
      limit.ended(call, usual, cancelled, 18 * MILLI, MOST, MOST);
    }
    assertThat(usual.limit).isEqualTo(8 * 20 * MILLI);
    for (int i = 0; i < 400; i++) {
      limit.ended(call, usual, cancelled, 60 * MILLI, MOST, MOST);
    }
    assertThat(usual.usual).isEqualTo(19 * MILLI);
    assertThat(usual.limit).isEqualTo(8 * 19 * MILLI);
  }
}

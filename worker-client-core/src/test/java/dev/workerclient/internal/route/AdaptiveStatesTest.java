package dev.workerclient.internal.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.internal.route.RouteFailure.Symptom;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the adaptive breaker admits after which results, by a clock that the test sets. */
class AdaptiveStatesTest {
  /** The 20th failure in a row leaves less than a twentieth of the attempts answered. */
  private static final int UNTIL_DEAD = 20;

  private final SetClock clock = new SetClock();
  private double dice = 0.5;
  private final RouteBreaker breaker = breaker("a");
  private final RouteBreaker other = breaker("b");

  private RouteBreaker breaker(String route) {
    Duration time = Duration.ofMinutes(1);
    return RouteBreaker.of(
        "ORDERS",
        route,
        new RouteBreaker.Policy(
            true, 10, 5, 50, 100, time, time, 2, time, 2, null, clock, () -> dice));
  }

  private static Object admitted(RouteBreaker breaker) {
    return Objects.requireNonNull(breaker.admit(List.of()));
  }

  private static void fail(RouteBreaker breaker, Object admission) {
    fail(breaker, admission, Symptom.FAILING, new Object());
  }

  private static void fail(RouteBreaker breaker, Object admission, Symptom symptom, Object call) {
    breaker.failed(
        admission, new RouteFailure(symptom, false, 1, "no"), call, new IllegalStateException());
  }

  private void failures(int count) {
    failures(breaker, count);
  }

  private void failures(RouteBreaker failing, int count) {
    dice = 0; // It is not shed.
    Object admission = admitted(failing);
    dice = 0.5; // No jitter.
    for (int i = 0; i < count; i++) {
      fail(failing, admission);
    }
  }

  private void overdue(Object admission) {
    RouteFailure late = new RouteFailure(Symptom.SLOW, false, 1, "late");
    assertThat(breaker.overdue(admission, late, true, null)).isTrue();
  }

  /** Leaves a route to which calls return, so many at once. */
  private void returning(int limit) {
    failures(UNTIL_DEAD);
    clock.millis += 100;
    for (int calls = 1; calls <= limit; calls *= 2) {
      breaker.succeeded(admitted(breaker), 1);
    }
  }

  private List<Object> steps() {
    List<Object> steps = new ArrayList<>();
    for (Object step = breaker.admitStep(); step != null; step = breaker.admitStep()) {
      steps.add(step);
    }
    return steps;
  }

  @Test
  void fourFailuresLeaveItClosedAndTheFifthDoesNot() {
    failures(4);
    assertThat(breaker.isClosed()).isTrue();
    assertThat(breaker.admitIfClosed()).isNotNull();
    assertThat(breaker.yieldsTo(other)).isTrue();
    assertThat(other.yieldsTo(breaker)).isFalse();

    failures(1);
    assertThat(breaker.isClosed()).isFalse();
    assertThat(breaker.admitIfClosed()).isNull();
    assertThat(breaker.admitStep()).isNull();
    assertThat(breaker.state()).isEqualTo(State.CLOSED); // No call was refused or sent elsewhere.
    assertThat(Objects.requireNonNull(breaker.lastFailure()).summary()).isEqualTo("no");
  }

  @Test
  void withoutAHealthierRouteCallsAreRefusedByTheShareThatFails() {
    failures(8); // 29 % are answered, which is 73 % of 40 %.

    dice = 0.72;
    assertThat(breaker.admit(List.of())).isNotNull();
    dice = 0.74;
    assertThat(breaker.admit(List.of())).isNull();
    failures(11);
    dice = 0.13;
    assertThat(breaker.admit(List.of())).isNotNull();
  }

  @Test
  void aRefusedCallIsATryOnceThatIsDue() {
    failures(8);
    dice = 0.99;
    assertThat(breaker.admit(List.of())).isNull();
    clock.millis += 200;

    assertThat(breaker.admit(List.of())).isNotNull();
    assertThat(breaker.admit(List.of())).isNull();
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void aDeadRouteIsOnlyTried() {
    failures(UNTIL_DEAD);

    assertThat(breaker.state()).isEqualTo(State.OPEN);
    assertThat(breaker.health()).isZero();
    assertThat(breaker.opensAgainIn()).isEqualTo(Duration.ofMillis(100));
    dice = 0;
    assertThat(breaker.admit(List.of())).isNull();
    clock.millis += 99;
    assertThat(breaker.admit(List.of())).isNull();
    clock.millis += 1;
    dice = 0.5;
    assertThat(breaker.opensAgainIn()).isZero();
    Object attempt = admitted(breaker);
    assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
    assertThat(breaker.admit(List.of())).isNull();

    fail(breaker, attempt);
    assertThat(breaker.state()).isEqualTo(State.OPEN);
    assertThat(breaker.opensAgainIn()).isEqualTo(Duration.ofMillis(130));
  }

  @Test
  void anAnswerLetsOneCallReturnAndEachFurtherOneTwiceAsMany() {
    failures(UNTIL_DEAD);
    clock.millis += 100;
    breaker.succeeded(admitted(breaker), 1);

    for (int limit = 1; limit < 16; limit *= 2) {
      List<Object> steps = steps();
      assertThat(steps).hasSize(limit);
      assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
      assertThat(breaker.health()).isZero();
      breaker.succeeded(steps.get(0), 1);
      steps.subList(1, steps.size()).forEach(breaker::released);
    }
  }

  @Test
  void enoughAnswersBringItBack() {
    failures(UNTIL_DEAD);
    clock.millis += 100;
    int answers = 0;
    while (!breaker.isClosed()) {
      breaker.succeeded(admitted(breaker), 1);
      answers++;
    }

    assertThat(answers).isEqualTo(7); // 1, 2, 4 … 64 at once, and half of the last ones.
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
    assertThat(breaker.health()).isGreaterThan(0.5);
    assertThat(breaker.opensAgainIn()).isZero();
  }

  @Test
  void aFailureWhileCallsReturnHalvesThemAndAHealthierRouteTakesThem() {
    returning(8);
    List<Object> steps = steps();
    assertThat(steps).hasSize(8);

    fail(breaker, steps.get(0));
    steps.subList(1, 8).forEach(breaker::released);

    assertThat(breaker.admitStep()).isNull();
    for (int i = 0; i < 4; i++) {
      assertThat(breaker.admit(List.of())).isNotNull();
    }
    assertThat(breaker.admit(List.of())).isNull();
  }

  @Test
  void aResultFromBeforeItDiedCountsAsNothing() {
    Object early = admitted(breaker);
    failures(UNTIL_DEAD);
    Duration wait = breaker.opensAgainIn();

    breaker.succeeded(early, 1);
    assertThat(breaker.admit(List.of())).isNull();
    fail(breaker, early);
    overdue(early);
    breaker.released(early);

    assertThat(breaker.state()).isEqualTo(State.OPEN);
    assertThat(breaker.opensAgainIn()).isEqualTo(wait);
    assertThat(breaker.admitStep()).isNull();
  }

  @Test
  void aTryThatSaidNothingIsFollowedByAnother() {
    failures(UNTIL_DEAD);
    clock.millis += 100;

    breaker.released(admitted(breaker));

    assertThat(breaker.state()).isEqualTo(State.OPEN);
    assertThat(breaker.opensAgainIn()).isZero();
    assertThat(breaker.admit(List.of())).isNotNull();
  }

  @Test
  void twoMisconfiguredCallsInARowOpenIt() {
    Object call = new Object();
    fail(breaker, admitted(breaker), Symptom.MISCONFIGURED, call);
    fail(breaker, admitted(breaker), Symptom.MISCONFIGURED, call);
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
    breaker.succeeded(admitted(breaker), 1);
    fail(breaker, admitted(breaker), Symptom.MISCONFIGURED, new Object());
    fail(breaker, admitted(breaker), Symptom.FAILING, new Object());
    fail(breaker, admitted(breaker), Symptom.MISCONFIGURED, new Object());
    assertThat(breaker.state()).isEqualTo(State.CLOSED);

    dice = 0;
    fail(breaker, admitted(breaker), Symptom.MISCONFIGURED, new Object());
    assertThat(breaker.state()).isEqualTo(State.OPEN);
    assertThat(breaker.health()).isZero();
    assertThat(breaker.opensAgainIn()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void besideAHealthierRouteItIsOpenAndTriedAtIntervals() {
    failures(5);

    assertThat(breaker.isTryDue(true)).isFalse();
    assertThat(breaker.state()).isEqualTo(State.OPEN);
    assertThat(breaker.admitTry(true)).isNull();
    clock.millis += 500;
    assertThat(breaker.isTryDue(true)).isTrue();
    Object attempt = Objects.requireNonNull(breaker.admitTry(true));
    assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
    assertThat(breaker.admitTry(true)).isNull();
    fail(breaker, attempt);

    assertThat(breaker.state()).isEqualTo(State.OPEN);
    assertThat(breaker.isTryDue(false)).isFalse();
    clock.millis += 1_000;
    assertThat(breaker.admitTry(false)).isNotNull();
  }

  @Test
  void callsReturnStepByStepToARouteThatWasSkipped() {
    failures(8);
    clock.millis += 500;
    breaker.succeeded(Objects.requireNonNull(breaker.admitTry(false)), 1);

    assertThat(breaker.isClosed()).isFalse();
    assertThat(steps()).hasSize(1);
  }

  @Test
  void aHealthyRouteIsNotTried() {
    clock.millis += 1_000_000;

    assertThat(breaker.admitTry(true)).isNull();
    assertThat(breaker.admitStep()).isNull();
  }

  @Test
  void deadRoutesOfAServiceAreTriedInTurn() {
    failures(UNTIL_DEAD);
    failures(other, UNTIL_DEAD);
    clock.millis += 100;

    fail(breaker, Objects.requireNonNull(breaker.admit(List.of(other))));
    assertThat(other.admit(List.of(breaker))).isNull();
    clock.millis += 130;
    assertThat(breaker.admit(List.of(other))).isNull();
    assertThat(other.admit(List.of(breaker))).isNotNull();
    clock.millis += 129;
    assertThat(breaker.admit(List.of(other))).isNull();
    clock.millis += 1;
    assertThat(breaker.admit(List.of(other))).isNotNull();
  }

  @Test
  void aLateAnswerMakesItYieldAndALateFailureCountsAsAFailureToo() {
    for (int i = 0; i < 5; i++) {
      overdue(admitted(breaker));
    }
    assertThat(breaker.health()).isLessThan(0.5);
    assertThat(breaker.admit(List.of())).isNotNull();
    clock.millis += 500;
    assertThat(breaker.isTryDue(true)).isTrue();
    assertThat(Objects.requireNonNull(breaker.lastFailure()).symptom()).isEqualTo(Symptom.SLOW);
  }

  @Test
  void aLateAnswerWhileCallsReturnHalvesThem() {
    returning(8);
    List<Object> steps = steps();

    overdue(steps.get(0));
    steps.subList(1, 8).forEach(breaker::released);

    for (int i = 0; i < 4; i++) {
      assertThat(breaker.admit(List.of())).isNotNull();
    }
    assertThat(breaker.admit(List.of())).isNull();
  }

  @Test
  void aRouteThatAnswersExactlyHalfTakesEveryCallAndIsAHealthierOne() {
    failures(other, UNTIL_DEAD);
    clock.millis += 10_000;
    breaker.succeeded(admitted(breaker), 1);
    for (long pause : new long[] {500, 500, 560}) { // They leave 80 %, 64 % and 50 %.
      clock.millis += pause;
      failures(1);
    }

    assertThat(breaker.health()).isEqualTo(0.5);
    assertThat(breaker.isClosed()).isTrue();
    assertThat(other.yieldsTo(breaker)).isTrue();
    failures(1);
    assertThat(breaker.isClosed()).isFalse();
    assertThat(other.yieldsTo(breaker)).isFalse();
  }

  @Test
  void callsGoToARouteThatAnswersAFifthMore() {
    breaker.succeeded(admitted(breaker), 1);
    clock.millis += 499;
    failures(1);
    assertThat(breaker.yieldsTo(other)).isFalse();

    breaker.reset();
    breaker.succeeded(admitted(breaker), 1);
    clock.millis += 500;
    failures(1);
    assertThat(breaker.health()).isEqualTo(0.8);
    assertThat(breaker.yieldsTo(other)).isTrue();
    assertThat(other.yieldsTo(breaker)).isFalse();
  }

  @Test
  void aSkippedRouteIsClosedOnceNoOtherIsHealthier() {
    failures(5);
    assertThat(breaker.isTryDue(true)).isFalse();
    assertThat(breaker.state()).isEqualTo(State.OPEN);

    assertThat(breaker.admit(List.of())).isNotNull();

    assertThat(breaker.state()).isEqualTo(State.CLOSED);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theFirstTryIsDueHalfASecondAfterTheFifthFailureOrLateAnswer(boolean late) {
    for (int i = 0; i < 5; i++) {
      clock.millis += 100;
      if (late) {
        overdue(admitted(breaker));
      } else {
        failures(1);
      }
    }

    clock.millis += 499;
    assertThat(breaker.isTryDue(true)).isFalse();
    clock.millis += 1;
    assertThat(breaker.isTryDue(true)).isTrue();
  }

  @Test
  void aRouteThatIsTriedBeforeACallWasSentElsewhereWasNotOpen() {
    failures(5);
    clock.millis += 500;

    assertThat(breaker.isTryDue(true)).isTrue();
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void aTryThatAUsersCallPaysForComesLaterThanAProbe() {
    RouteFailure costly =
        new RouteFailure(Symptom.FAILING, false, Duration.ofMillis(200).toNanos(), "no");
    Object admission = admitted(breaker);
    for (int i = 0; i < 5; i++) {
      breaker.failed(admission, costly, new Object(), new IllegalStateException());
    }
    clock.millis += 500;

    assertThat(breaker.admitTry(false)).isNull();
    assertThat(breaker.admitTry(true)).isNotNull();
  }

  @Test
  void anAnswerToATryCountsThoughALaterTryFailedBefore() {
    failures(UNTIL_DEAD);
    clock.millis += 100;
    Object first = admitted(breaker);
    clock.millis += 130;
    fail(breaker, admitted(breaker));
    assertThat(breaker.state()).isEqualTo(State.OPEN);

    breaker.succeeded(first, 1);

    assertThat(steps()).hasSize(1);
    assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
  }

  @Test
  void afterARecoveryTheNextOutageIsTimedAnew() {
    returning(64);
    assertThat(breaker.isClosed()).isTrue();
    clock.millis += 60_000;

    failures(UNTIL_DEAD);

    assertThat(breaker.opensAgainIn()).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void aSlowRouteTakesEveryCallAgainAfterAnAnswerInTime() {
    for (int i = 0; i < 5; i++) {
      overdue(admitted(breaker));
    }
    assertThat(breaker.isClosed()).isFalse();

    breaker.succeeded(admitted(breaker), 1);

    assertThat(breaker.isClosed()).isTrue();
  }

  @Test
  void lateAnswersAreAnswersSoThatNoCallIsRefused() {
    failures(8);
    dice = 0.99;
    assertThat(breaker.admit(List.of())).isNull();

    dice = 0;
    for (int i = 0; i < 5; i++) {
      overdue(admitted(breaker));
    }

    dice = 0.99;
    assertThat(breaker.admit(List.of())).isNotNull();
    assertThat(breaker.health()).isLessThan(0.5);
  }

  @Test
  void aTryThatIsLateLeavesItOpen() {
    for (int i = 0; i < 5; i++) {
      overdue(admitted(breaker));
    }
    assertThat(breaker.isTryDue(true)).isFalse();
    clock.millis += 500;
    Object attempt = Objects.requireNonNull(breaker.admitTry(true));
    assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);

    overdue(attempt);

    assertThat(breaker.state()).isEqualTo(State.OPEN);
  }

  @Test
  void afterAResetNothingIsLeftOfWhatWasBefore() {
    Object early = admitted(breaker);
    for (int i = 0; i < 5; i++) {
      overdue(admitted(breaker));
    }
    fail(breaker, admitted(breaker), Symptom.MISCONFIGURED, new Object());
    breaker.reset();
    assertThat(breaker.health()).isEqualTo(1);

    clock.millis += 60_000;
    fail(breaker, admitted(breaker), Symptom.MISCONFIGURED, new Object());
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
    breaker.succeeded(early, 1); // It does not end the row.
    fail(breaker, admitted(breaker), Symptom.MISCONFIGURED, new Object());
    assertThat(breaker.state()).isEqualTo(State.OPEN);
    assertThat(breaker.opensAgainIn()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aResetMakesItAsNew() {
    failures(UNTIL_DEAD);

    breaker.reset();

    assertThat(breaker.state()).isEqualTo(State.CLOSED);
    assertThat(breaker.health()).isEqualTo(1);
    assertThat(breaker.opensAgainIn()).isZero();
    assertThat(breaker.lastFailure()).isNull();
    failures(4);
    assertThat(breaker.isClosed()).isTrue();
  }
}

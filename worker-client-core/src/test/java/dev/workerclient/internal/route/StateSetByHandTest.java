package dev.workerclient.internal.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.internal.route.RouteFailure.Symptom;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** An adaptive breaker in a user's registry: what it shows there, and what the user sets there. */
class StateSetByHandTest {
  private static final int UNTIL_DEAD = 20;
  private static final Duration OPEN_TIME = Duration.ofMinutes(1);

  private final SetClock clock = new SetClock();
  private final CircuitBreakerRegistry registry = CircuitBreakerRegistry.ofDefaults();
  private double dice;
  private final RouteBreaker breaker = breaker("a");
  private final RouteBreaker other = breaker("b");
  private final CircuitBreaker seen = registry.circuitBreaker("ORDERS.a");

  private RouteBreaker breaker(String route) {
    return RouteBreaker.of(
        "ORDERS",
        route,
        new RouteBreaker.Policy(
            true,
            10,
            5,
            50,
            100,
            OPEN_TIME,
            OPEN_TIME,
            2,
            OPEN_TIME,
            2,
            registry,
            clock,
            () -> dice));
  }

  private Object admitted() {
    return Objects.requireNonNull(breaker.admit(List.of()));
  }

  private void fail(Object admission) {
    breaker.failed(
        admission,
        new RouteFailure(Symptom.FAILING, false, 1, "no"),
        new Object(),
        new IllegalStateException());
  }

  private void die() {
    Object admission = admitted();
    for (int i = 0; i < UNTIL_DEAD; i++) {
      fail(admission);
    }
  }

  /** Leaves a route to which four calls at once return. */
  private void returning() {
    die();
    clock.millis += 100;
    for (int calls = 1; calls <= 4; calls *= 2) {
      breaker.succeeded(admitted(), 1);
    }
  }

  private List<Object> steps() {
    List<Object> steps = new ArrayList<>();
    for (Object step = breaker.admitStep(); step != null; step = breaker.admitStep()) {
      steps.add(step);
    }
    return steps;
  }

  private void assertCounted(int successes, int failures) {
    assertThat(seen.getMetrics().getNumberOfSuccessfulCalls()).isEqualTo(successes);
    assertThat(seen.getMetrics().getNumberOfFailedCalls()).isEqualTo(failures);
  }

  @Test
  void eachResultIsCountedOnceThere() {
    breaker.succeeded(admitted(), 1);
    assertCounted(1, 0);
    fail(admitted());
    breaker.succeeded(admitted(), 1);
    assertCounted(2, 1);

    RouteFailure late = new RouteFailure(Symptom.SLOW, false, 1, "late");
    breaker.overdue(admitted(), late, true, null);
    assertCounted(3, 1);
    breaker.overdue(admitted(), late, false, new IllegalStateException());
    assertCounted(3, 2);
    breaker.overdue(admitted(), late, false, null); // Another route was faster.
    breaker.released(admitted());
    assertCounted(3, 2);
  }

  @Test
  void openedItTakesNoCallForItsOpenTimeAndThenOne() {
    assertThat(breaker.isWatched()).isTrue();
    dice = 0.5; // No jitter.
    seen.transitionToOpenState();

    assertThat(breaker.isClosed()).isFalse();
    assertThat(breaker.yieldsTo(other)).isTrue();
    assertThat(other.yieldsTo(breaker)).isFalse();
    assertThat(breaker.isTryDue(true)).isTrue(); // resilience4j knows when its time has come.
    assertThat(breaker.admitTry(true)).isNull();
    assertThat(breaker.admit(List.of())).isNull();

    clock.millis += OPEN_TIME.toMillis() + 1;
    breaker.succeeded(admitted(), 1);
    assertThat(seen.getState()).isEqualTo(State.HALF_OPEN);
    assertThat(steps()).hasSize(2);
  }

  @Test
  void openedWhileCallsReturnItTakesNone() {
    returning();
    assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);

    seen.transitionToOpenState();

    assertThat(breaker.admit(List.of())).isNull();
    assertThat(breaker.admitStep()).isNull();
    assertThat(breaker.admitTry(true)).isNull();
  }

  @Test
  void forcedOpenItIsNotTried() {
    seen.transitionToForcedOpenState();
    clock.millis += OPEN_TIME.toMillis() * 2;

    assertThat(breaker.isTryDue(true)).isFalse();
    assertThat(breaker.admitTry(true)).isNull();
    assertThat(breaker.admit(List.of())).isNull();
  }

  @Test
  void closedItTakesEveryCallAndFailsAnew() {
    die();
    assertThat(seen.getState()).isEqualTo(State.OPEN);

    seen.transitionToClosedState();
    assertThat(breaker.isClosed()).isTrue();
    assertThat(breaker.health()).isEqualTo(1);

    die();
    assertThat(seen.getState()).isEqualTo(State.OPEN);
    assertThat(breaker.isClosed()).isFalse();
  }

  @Test
  void halfOpenedItTakesCallsStepByStepUntilItIsClosed() {
    seen.transitionToOpenState();
    seen.transitionToHalfOpenState();

    for (int limit = 1; limit < 64; limit *= 2) {
      List<Object> steps = steps();
      assertThat(steps).hasSize(limit);
      breaker.succeeded(steps.get(0), 1);
      steps.subList(1, limit).forEach(breaker::released);
    }

    assertThat(breaker.isClosed()).isTrue();
    assertThat(seen.getState()).isEqualTo(State.CLOSED);
  }

  @Test
  void halfOpenedWhileDeadItTakesOneCall() {
    die();
    assertThat(steps()).isEmpty();

    seen.transitionToHalfOpenState();

    assertThat(steps()).hasSize(1);
  }

  @Test
  void aResetClosesItAndForgetsItsCounts() {
    die();

    breaker.reset();

    assertThat(seen.getState()).isEqualTo(State.CLOSED);
    assertCounted(0, 0);
    assertThat(breaker.isClosed()).isTrue();
  }
}

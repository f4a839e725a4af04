package dev.workerclient.internal.route;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a user sees of an adaptive breaker in a registry: a breaker of resilience4j that is told
 * every result and every state, and decides nothing. A state that differs from the one shown last
 * was set by the user. Without a registry there is none.
 */
final class BreakerWindow {
  /** Never reached before the adaptive breaker opens, so that this one does not by itself. */
  private static final int WINDOW = 100;

  private static final float ALL = 100;

  private final @Nullable CircuitBreaker breaker;
  private volatile State shown = State.CLOSED;

  BreakerWindow(String name, RouteBreaker.Policy policy) {
    CircuitBreakerRegistry registry = policy.registry();
    this.breaker = registry == null ? null : registry.circuitBreaker(name, config(policy));
  }

  private static CircuitBreakerConfig config(RouteBreaker.Policy policy) {
    return CircuitBreakerConfig.custom()
        .slidingWindowSize(WINDOW)
        .minimumNumberOfCalls(WINDOW)
        .failureRateThreshold(ALL)
        .slowCallRateThreshold(ALL)
        .slowCallDurationThreshold(Duration.ofDays(1))
        .permittedNumberOfCallsInHalfOpenState(WINDOW)
        .maxWaitDurationInHalfOpenState(Duration.ZERO)
        .waitIntervalFunctionInOpenState(attempt -> policy.jitteredOpenTime().toMillis())
        .clock(policy.clock())
        .build();
  }

  State state() {
    return breaker == null ? shown : breaker.getState();
  }

  /** Whether the user set a state. */
  boolean isSetByUser() {
    return breaker != null && breaker.getState() != shown;
  }

  /** Whether a breaker that the user opened lets a call through; if so, it is half-open now. */
  boolean lets() {
    return breaker != null && breaker.tryAcquirePermission();
  }

  /** Goes on from the state that the user set. */
  void accept() {
    shown = state();
  }

  /** Shows that state, unless the user set another. */
  void show(State state) {
    if (state == shown || isSetByUser()) {
      return;
    }
    shown = state;
    if (breaker == null) {
      return;
    }
    switch (state) {
      case OPEN -> breaker.transitionToOpenState();
      case HALF_OPEN -> halfOpen(breaker);
      default -> breaker.transitionToClosedState();
    }
  }

  /** resilience4j knows no way from closed to half-open. */
  private static void halfOpen(CircuitBreaker breaker) {
    if (breaker.getState() == State.CLOSED) {
      breaker.transitionToOpenState();
    }
    breaker.transitionToHalfOpenState();
  }

  void succeeded(long nanos) {
    if (breaker != null) {
      breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
    }
  }

  void failed(long nanos, Throwable exception) {
    if (breaker != null) {
      breaker.onError(nanos, TimeUnit.NANOSECONDS, exception);
    }
  }

  void clear() {
    shown = State.CLOSED;
    if (breaker != null) {
      breaker.reset();
    }
  }
}

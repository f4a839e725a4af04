package dev.workerclient.internal.route;

import dev.workerclient.internal.route.RouteFailure.Symptom;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A breaker with fixed thresholds, which resilience4j applies: a counter of permits.
 *
 * <p>It registers no listener at resilience4j's breaker, which would make an event of each success.
 * Without a user's registry, that breaker is made for the first call: it takes a kilobyte.
 */
final class ConfiguredBreaker extends RouteBreaker {
  private final String name;
  private final boolean configuredByUser;
  private volatile @Nullable CircuitBreaker made;
  private volatile Instant openUntil = Instant.MIN;

  ConfiguredBreaker(String name, Policy policy, BreakerLog log) {
    super(policy, log);
    this.name = name;
    CircuitBreakerRegistry registry = policy.registry();
    if (registry == null) {
      this.configuredByUser = false;
    } else if (registry.find(name).isPresent()) {
      this.made = registry.circuitBreaker(name);
      this.configuredByUser = true;
    } else {
      this.configuredByUser = registry.getConfiguration(name).isPresent();
      this.made =
          configuredByUser
              ? registry.circuitBreaker(name, name)
              : registry.circuitBreaker(name, config());
    }
  }

  private CircuitBreaker breaker() {
    CircuitBreaker breaker = made;
    return breaker == null ? make() : breaker;
  }

  private synchronized CircuitBreaker make() {
    CircuitBreaker breaker = made;
    if (breaker == null) {
      breaker = CircuitBreaker.of(name, config());
      made = breaker;
    }
    return breaker;
  }

  private CircuitBreakerConfig config() {
    return CircuitBreakerConfig.custom()
        .slidingWindowSize(policy.window())
        .minimumNumberOfCalls(policy.minimumCalls())
        .failureRateThreshold(policy.failureRate())
        .slowCallRateThreshold(policy.slowRate())
        .slowCallDurationThreshold(policy.slowTime())
        .permittedNumberOfCallsInHalfOpenState(policy.halfOpenCalls())
        .maxWaitDurationInHalfOpenState(policy.halfOpenTime())
        .waitIntervalFunctionInOpenState(attempt -> open(policy.jitteredOpenTime()).toMillis())
        .clock(clock)
        .build();
  }

  private Duration open(Duration time) {
    openUntil = clock.instant().plus(time);
    return time;
  }

  @Override
  public State state() {
    CircuitBreaker breaker = made;
    return breaker == null ? State.CLOSED : breaker.getState();
  }

  @Override
  public boolean isClosed() {
    return switch (state()) {
      case CLOSED, DISABLED, METRICS_ONLY -> true;
      default -> false;
    };
  }

  @Override
  public @Nullable Object admitIfClosed() {
    return isClosed() ? acquire() : null;
  }

  @Override
  double health() {
    return isClosed() ? 1 : 0;
  }

  @Override
  public @Nullable Object admitStep() {
    return null;
  }

  @Override
  public boolean isTryDue(boolean beside) {
    return switch (state()) {
      case HALF_OPEN -> true;
      case OPEN -> !clock.instant().isBefore(openUntil);
      default -> false;
    };
  }

  @Override
  public Duration opensAgainIn() {
    Duration left =
        state() == State.OPEN ? Duration.between(clock.instant(), openUntil) : Duration.ZERO;
    return left.isNegative() ? Duration.ZERO : left;
  }

  @Override
  public @Nullable Object admit(List<RouteBreaker> others) {
    return acquire();
  }

  private @Nullable Object acquire() {
    CircuitBreaker breaker = breaker();
    return breaker.tryAcquirePermission() ? breaker.getMetrics() : null;
  }

  @Override
  public @Nullable Object admitTry(boolean beside) {
    return isTryDue(beside) ? acquire() : null;
  }

  /**
   * Counts a call that the target answered. As {@link #failed}, it counts nothing if the breaker
   * has changed since: a permit of an earlier opening, given back now, would be one too many.
   */
  @Override
  public void succeeded(Object admission, long nanos) {
    if (isStale(admission, state())) {
      return;
    }
    misconfiguration.reset();
    breaker().onSuccess(nanos, TimeUnit.NANOSECONDS);
    if (isClosed()) {
      log.recovered(); // A user may have closed it, too.
    }
  }

  @Override
  public void failed(Object admission, RouteFailure failure, Object call, Throwable exception) {
    State before = state();
    if (isStale(admission, before)) {
      return;
    }
    lastFailure = failure;
    boolean misconfigured = failure.symptom() == Symptom.MISCONFIGURED;
    if (!misconfigured) {
      misconfiguration.reset();
    }
    breaker().onError(failure.nanos(), TimeUnit.NANOSECONDS, exception);
    if (misconfigured && !isIgnored(exception) && misconfiguration.seen(call)) {
      openAtOnce();
    } else if (configuredByUser && state() == State.OPEN) {
      open(usersOpenTime());
    }
    if (before != State.OPEN && state() == State.OPEN) {
      log.opened(failure, true);
    } else if (before == State.HALF_OPEN && isClosed()) {
      log.recovered(); // The user's configuration records it as a success.
    }
  }

  @Override
  public void released(Object admission) {
    if (!isStale(admission, state())) {
      breaker().releasePermission();
    }
  }

  /** Whether the user's own configuration wants it to count as nothing. */
  private boolean isIgnored(Throwable exception) {
    return configuredByUser
        && breaker().getCircuitBreakerConfig().getIgnoreExceptionPredicate().test(exception);
  }

  private boolean isStale(Object admission, State state) {
    return breaker().getMetrics() != admission || state == State.OPEN;
  }

  private Duration usersOpenTime() {
    return Duration.ofMillis(
        breaker().getCircuitBreakerConfig().getWaitIntervalFunctionInOpenState().apply(1));
  }

  /** Only from a state that admits calls: it would override a user's, or prolong itself. */
  private synchronized void openAtOnce() {
    State state = state();
    if (state == State.CLOSED || state == State.HALF_OPEN) {
      breaker().transitionToOpenStateFor(open(policy.jitteredOpenTime()));
    }
  }

  @Override
  void forget() {
    openUntil = Instant.MIN;
    CircuitBreaker breaker = made;
    if (breaker != null) {
      breaker.reset();
    }
  }
}

package dev.workerclient.internal.route;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The circuit breaker of one route of one service, as a counter of permits: for each that is given,
 * what became of it is said once. Thread-safe.
 *
 * <p>It registers no listener at resilience4j's breaker, which would make an event of each success.
 */
public final class RouteBreaker {
  private final CircuitBreaker breaker;
  private final BreakerPolicy policy;
  private final boolean configuredByUser;
  private final BreakerLog log;
  private final Misconfiguration misconfiguration;
  private volatile Instant openUntil = Instant.MIN;

  /** Makes the breaker {@code <service>.<route>}, or takes the user's of that name. */
  public RouteBreaker(String service, String route, BreakerPolicy policy) {
    this.policy = policy;
    this.log = new BreakerLog(service, route);
    this.misconfiguration = new Misconfiguration(policy.misconfiguredCalls());
    String name = service + "." + route;
    CircuitBreakerRegistry registry = policy.registry();
    if (registry == null) {
      this.breaker = CircuitBreaker.of(name, config());
      this.configuredByUser = false;
    } else if (registry.find(name).isPresent()) {
      this.breaker = registry.circuitBreaker(name);
      this.configuredByUser = true;
    } else {
      this.configuredByUser = registry.getConfiguration(name).isPresent();
      this.breaker =
          configuredByUser
              ? registry.circuitBreaker(name, name)
              : registry.circuitBreaker(name, config());
    }
  }

  private CircuitBreakerConfig config() {
    return CircuitBreakerConfig.custom()
        .slidingWindowSize(policy.window())
        .minimumNumberOfCalls(policy.minimumCalls())
        .failureRateThreshold(policy.failureRate())
        .permittedNumberOfCallsInHalfOpenState(policy.halfOpenCalls())
        .maxWaitDurationInHalfOpenState(policy.halfOpenTime())
        .waitIntervalFunctionInOpenState(attempt -> open(policy.jitteredOpenTime()).toMillis())
        .clock(policy.clock())
        .build();
  }

  private Duration open(Duration time) {
    openUntil = policy.clock().instant().plus(time);
    return time;
  }

  /** Whether somebody else watches the breaker's events, and so its exceptions. */
  public boolean isWatched() {
    return policy.registry() != null;
  }

  /** What it does with calls at the moment; to ask changes nothing. */
  public State state() {
    return breaker.getState();
  }

  /** Whether the route takes calls as usual. */
  public boolean isClosed() {
    return switch (breaker.getState()) {
      case CLOSED, DISABLED, METRICS_ONLY -> true;
      default -> false;
    };
  }

  /** Whether it is time to find out if the route is well again. */
  public boolean isRecovering() {
    return switch (breaker.getState()) {
      case HALF_OPEN -> true;
      case OPEN -> !policy.clock().instant().isBefore(openUntil);
      default -> false;
    };
  }

  /** How long until a call may be admitted; zero where that is now, or not known. */
  public Duration opensAgainIn() {
    Duration left =
        breaker.getState() == State.OPEN
            ? Duration.between(policy.clock().instant(), openUntil)
            : Duration.ZERO;
    return left.isNegative() ? Duration.ZERO : left;
  }

  /**
   * Admits a call, or returns null. The admission goes to one of {@link #succeeded}, {@link
   * #failed} and {@link #released}, once: it tells in which opening of the breaker it was given,
   * since each has measurements of its own.
   */
  public @Nullable Object admit() {
    return breaker.tryAcquirePermission() ? breaker.getMetrics() : null;
  }

  /**
   * Counts a call that the target answered. As {@link #failed}, it counts nothing where the breaker
   * has changed since: a permit of an earlier opening, given back now, would be one too many.
   */
  public void succeeded(Object admission, long nanos) {
    State before = breaker.getState();
    if (isStale(admission, before)) {
      return;
    }
    misconfiguration.reset();
    breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
    if (isClosed()) {
      log.recovered(); // A user may have closed it, too.
    }
  }

  /**
   * Counts a call that failed in a way that says something of the route.
   *
   * @param health what it says, not {@link RouteSymptom#UNKNOWN}
   * @param nanos how long it took
   * @param call the call, by which two misconfigurations are told to be of different ones
   * @param reason what the failure was, for the log
   * @param exception what the failure was, for the user's own configuration
   */
  public void failed(
      Object admission,
      RouteSymptom health,
      long nanos,
      Object call,
      String reason,
      Throwable exception) {
    State before = breaker.getState();
    if (isStale(admission, before)) {
      return;
    }
    boolean misconfigured = health == RouteSymptom.MISCONFIGURED;
    if (!misconfigured) {
      misconfiguration.reset();
    }
    breaker.onError(nanos, TimeUnit.NANOSECONDS, exception);
    if (misconfigured && !isIgnored(exception) && misconfiguration.seen(call)) {
      openAtOnce();
    } else if (configuredByUser && breaker.getState() == State.OPEN) {
      open(usersOpenTime());
    }
    if (before != State.OPEN && breaker.getState() == State.OPEN) {
      log.opened(misconfigured, opensAgainIn(), reason);
    } else if (before == State.HALF_OPEN && isClosed()) {
      log.recovered(); // The user's configuration records it as a success.
    }
  }

  /** Gives the permit back of a call that says nothing of the route. */
  public void released(Object admission) {
    if (!isStale(admission, breaker.getState())) {
      breaker.releasePermission();
    }
  }

  /** Whether the user's own configuration wants it to count as nothing. */
  private boolean isIgnored(Throwable exception) {
    return configuredByUser
        && breaker.getCircuitBreakerConfig().getIgnoreExceptionPredicate().test(exception);
  }

  private boolean isStale(Object admission, State state) {
    return breaker.getMetrics() != admission || state == State.OPEN;
  }

  private Duration usersOpenTime() {
    return Duration.ofMillis(
        breaker.getCircuitBreakerConfig().getWaitIntervalFunctionInOpenState().apply(1));
  }

  /** Only from a state that admits calls: it would override a user's, or prolong itself. */
  private synchronized void openAtOnce() {
    State state = breaker.getState();
    if (state == State.CLOSED || state == State.HALF_OPEN) {
      breaker.transitionToOpenStateFor(open(policy.jitteredOpenTime()));
    }
  }
}

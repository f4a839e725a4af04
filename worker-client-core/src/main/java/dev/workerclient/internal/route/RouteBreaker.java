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
 * Unless a user's registry should know it, that breaker is made for the first call: until then it
 * would take a kilobyte, and be closed.
 */
public final class RouteBreaker {
  private final String service;
  private final String route;
  private final BreakerPolicy policy;
  private final boolean configuredByUser;
  private final BreakerLog log;
  private final Misconfiguration misconfiguration;
  private volatile @Nullable CircuitBreaker made;
  private volatile Instant openUntil = Instant.MIN;

  /** Makes the breaker {@code <service>.<route>}, or takes the user's of that name. */
  public RouteBreaker(String service, String route, BreakerPolicy policy) {
    this.service = service;
    this.route = route;
    this.policy = policy;
    this.log = new BreakerLog(service, route);
    this.misconfiguration = new Misconfiguration(policy.misconfiguredCalls());
    CircuitBreakerRegistry registry = policy.registry();
    if (registry == null) {
      this.configuredByUser = false;
    } else if (registry.find(name()).isPresent()) {
      this.made = registry.circuitBreaker(name());
      this.configuredByUser = true;
    } else {
      this.configuredByUser = registry.getConfiguration(name()).isPresent();
      this.made =
          configuredByUser
              ? registry.circuitBreaker(name(), name())
              : registry.circuitBreaker(name(), config());
    }
  }

  private String name() {
    return service + "." + route;
  }

  private CircuitBreaker breaker() {
    CircuitBreaker breaker = made;
    return breaker == null ? make() : breaker;
  }

  private synchronized CircuitBreaker make() {
    CircuitBreaker breaker = made;
    if (breaker == null) {
      breaker = CircuitBreaker.of(name(), config());
      made = breaker;
    }
    return breaker;
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
    CircuitBreaker breaker = made;
    return breaker == null ? State.CLOSED : breaker.getState();
  }

  /** Whether the route takes calls as usual. */
  public boolean isClosed() {
    return switch (state()) {
      case CLOSED, DISABLED, METRICS_ONLY -> true;
      default -> false;
    };
  }

  /** Whether it is time to find out if the route is well again. */
  public boolean isRecovering() {
    return switch (state()) {
      case HALF_OPEN -> true;
      case OPEN -> !policy.clock().instant().isBefore(openUntil);
      default -> false;
    };
  }

  /** How long until a call may be admitted; zero where that is now, or not known. */
  public Duration opensAgainIn() {
    Duration left =
        state() == State.OPEN
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
    CircuitBreaker breaker = breaker();
    return breaker.tryAcquirePermission() ? breaker.getMetrics() : null;
  }

  /**
   * Counts a call that the target answered. As {@link #failed}, it counts nothing where the breaker
   * has changed since: a permit of an earlier opening, given back now, would be one too many.
   */
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
    State before = state();
    if (isStale(admission, before)) {
      return;
    }
    boolean misconfigured = health == RouteSymptom.MISCONFIGURED;
    if (!misconfigured) {
      misconfiguration.reset();
    }
    breaker().onError(nanos, TimeUnit.NANOSECONDS, exception);
    if (misconfigured && !isIgnored(exception) && misconfiguration.seen(call)) {
      openAtOnce();
    } else if (configuredByUser && state() == State.OPEN) {
      open(usersOpenTime());
    }
    if (before != State.OPEN && state() == State.OPEN) {
      log.opened(misconfigured, opensAgainIn(), reason);
    } else if (before == State.HALF_OPEN && isClosed()) {
      log.recovered(); // The user's configuration records it as a success.
    }
  }

  /** Gives the permit back of a call that says nothing of the route. */
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
}

package dev.workerclient.internal.route;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.lang.ref.WeakReference;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The circuit breaker of one route of one service: adaptive by default, else one with fixed
 * thresholds. Each admission that it gives goes to one of {@link #succeeded}, {@link #failed} and
 * {@link #released}, once. Thread-safe.
 */
public abstract sealed class RouteBreaker permits AdaptiveBreaker, ConfiguredBreaker {
  private static final double HEALTHY = 0.5;
  private static final double CLEARLY = 0.2;

  final Policy policy;
  final Clock clock;
  final BreakerLog log;
  final Misconfiguration misconfiguration;
  volatile @Nullable RouteFailure lastFailure;

  RouteBreaker(Policy policy, BreakerLog log) {
    this.policy = policy;
    this.clock = policy.clock();
    this.log = log;
    this.misconfiguration = new Misconfiguration(policy.misconfiguredCalls());
  }

  /**
   * When a route is skipped.
   *
   * @param adaptive whether to skip it by what is healthier, and not by the thresholds that follow
   * @param window how many of the last results count
   * @param minimumCalls how many results there must be before they count
   * @param failureRate the percentage of failures that opens the breaker
   * @param slowRate the percentage of slow calls that opens the breaker
   * @param slowTime from when on a call is slow
   * @param openTime how long it stays open, give or take a fifth
   * @param halfOpenCalls how many probes it then takes
   * @param halfOpenTime how long it waits for them
   * @param misconfiguredCalls how many misconfigurations in a row open it at once
   * @param registry where a user keeps breakers, or null
   * @param clock what open time is counted by
   * @param random from 0 to 1, for the jitter
   */
  public record Policy(
      boolean adaptive,
      int window,
      int minimumCalls,
      float failureRate,
      float slowRate,
      Duration slowTime,
      Duration openTime,
      int halfOpenCalls,
      Duration halfOpenTime,
      int misconfiguredCalls,
      @Nullable CircuitBreakerRegistry registry,
      Clock clock,
      DoubleSupplier random) {

    private static final double JITTER = 0.2;

    /** The open time with its jitter. */
    Duration jitteredOpenTime() {
      double factor = 1 - JITTER + 2 * JITTER * random.getAsDouble();
      return Duration.ofNanos((long) (openTime.toNanos() * factor));
    }
  }

  /** Makes the breaker {@code <service>.<route>}, or takes the user's of that name. */
  public static RouteBreaker of(String service, String route, Policy policy) {
    String name = service + "." + route;
    BreakerLog log = new BreakerLog(service, route, policy.clock());
    return policy.adaptive() && !isConfigured(name, policy.registry())
        ? new AdaptiveBreaker(name, policy, log)
        : new ConfiguredBreaker(name, policy, log);
  }

  private static boolean isConfigured(String name, @Nullable CircuitBreakerRegistry registry) {
    return registry != null
        && (registry.find(name).isPresent() || registry.getConfiguration(name).isPresent());
  }

  /** Whether somebody else watches the breaker's events, and so its exceptions. */
  public final boolean isWatched() {
    return policy.registry() != null;
  }

  /** What it does with calls at the moment; to ask changes nothing. */
  public abstract State state();

  /** Whether the route takes every call. */
  public abstract boolean isClosed();

  /** Admits a call at once if the route takes every call, or else returns null. */
  public abstract @Nullable Object admitIfClosed();

  /** The share of recent attempts that were answered; 0 if the route takes few calls or none. */
  abstract double health();

  /** Whether the other route is so much healthier that calls should go there. */
  public final boolean yieldsTo(RouteBreaker other) {
    double others = other.health();
    return others >= HEALTHY && others >= health() + CLEARLY;
  }

  /** How long until a call may be admitted; zero if that is now, or not known. */
  public abstract Duration opensAgainIn();

  /**
   * Admits a call for which no other route is healthier, or returns null.
   *
   * @param others the breakers of the other routes that can carry the call
   */
  public abstract @Nullable Object admit(List<RouteBreaker> others);

  /** Admits a call to a route to which calls return step by step, or returns null. */
  public abstract @Nullable Object admitStep();

  /**
   * Whether it is time to try the route, though another one is healthier; if not, it is skipped.
   *
   * @param beside whether that costs no user's call anything
   */
  public abstract boolean isTryDue(boolean beside);

  /** Admits a call that tries the route, though another one is healthier, or returns null. */
  public abstract @Nullable Object admitTry(boolean beside);

  /** What failed last, or null if nothing did. */
  public final @Nullable RouteFailure lastFailure() {
    return lastFailure;
  }

  /** Counts a call that the target answered. */
  public abstract void succeeded(Object admission, long nanos);

  /**
   * Counts a call that failed in a way that says something of the route.
   *
   * @param call the call, by which two misconfigurations are told to be of different ones
   * @param exception what the failure was, for a user's own configuration and events
   */
  public abstract void failed(
      Object admission, RouteFailure failure, Object call, Throwable exception);

  /**
   * Counts a call that took far longer than is usual on the route, or that another route was faster
   * than; false if the breaker knows nothing of that.
   *
   * @param answered whether the target answered all the same
   * @param exception what the attempt failed with; null if it was answered, or another won
   */
  public boolean overdue(
      Object admission, RouteFailure failure, boolean answered, @Nullable Throwable exception) {
    return false;
  }

  /** Takes the admission of a call back that says nothing of the route. */
  public abstract void released(Object admission);

  /** Makes the breaker as new. */
  public final void reset() {
    lastFailure = null;
    misconfiguration.reset();
    log.reset();
    forget();
  }

  abstract void forget();

  /** Counts misconfigurations in a row, each on a call of its own. Thread-safe. */
  static final class Misconfiguration {
    private static final WeakReference<Object> NONE = new WeakReference<>(null);

    private final int enough;
    private volatile int row;
    private WeakReference<Object> lastCall = NONE;

    Misconfiguration(int enough) {
      this.enough = enough;
    }

    /** Notes one; true if there have been enough. */
    synchronized boolean seen(Object call) {
      if (lastCall.get() != call) {
        lastCall = new WeakReference<>(call);
        row++;
      }
      return row >= enough;
    }

    void reset() {
      if (row != 0) {
        clear();
      }
    }

    private synchronized void clear() {
      row = 0;
    }
  }
}

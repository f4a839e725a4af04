package dev.workerclient;

import java.time.Duration;
import java.util.Objects;

/**
 * Options for the circuit breakers, one per service and route: when a failing route is skipped.
 * Immutable.
 *
 * <p>{@linkplain #ofDefaults() By default} a breaker is adaptive: it skips a route while another
 * one is healthier, and otherwise rejects calls only in proportion to the failures. {@link
 * #builder()} creates a classic breaker with fixed thresholds.
 *
 * <p>Connection failures, timeouts, and errors that affect the whole route count as failures. Any
 * response from the target counts as a success. Errors that a single request or path can cause (an
 * exception in the target, a firewall rule, a rate limit) are ignored.
 */
public final class CircuitBreakerOptions {
  private static final CircuitBreakerOptions DEFAULTS =
      new CircuitBreakerOptions(new Builder(true, true));
  private static final CircuitBreakerOptions DISABLED =
      new CircuitBreakerOptions(new Builder(false, true));

  private final int window;
  private final int minimumCalls;
  private final int failureRate;
  private final int slowCallRate;
  private final Duration slowCallDuration;
  private final Duration openTime;
  private final boolean enabled;
  private final boolean adaptive;

  private CircuitBreakerOptions(Builder builder) {
    this.window = builder.window;
    this.minimumCalls = builder.minimumCalls;
    this.failureRate = builder.failureRate;
    this.slowCallRate = builder.slowCallRate;
    this.slowCallDuration = builder.slowCallDuration;
    this.openTime = builder.openTime;
    this.enabled = builder.enabled;
    this.adaptive = builder.adaptive;
  }

  /**
   * Returns the options of an adaptive breaker, which has no thresholds. A route is skipped if
   * fewer than half of its recent attempts were answered in about the usual time, and another route
   * is healthier. If no other route is healthier, the share of calls that use the route follows the
   * share that is answered, and no call is rejected while at least half are. A route that does not
   * answer at all is tried at intervals from 100 ms to 1.5 s (to 30 s while another route is
   * healthier).
   */
  public static CircuitBreakerOptions ofDefaults() {
    return DEFAULTS;
  }

  /** Returns options that switch the breakers off: calls try every route. */
  public static CircuitBreakerOptions disabled() {
    return DISABLED;
  }

  /**
   * Returns a builder of a classic breaker with fixed thresholds. By default it opens for 30 s (±
   * 20 %) if half of the last 10 calls failed, after at least 5 calls; slow calls don't count as
   * failures. While it is open it rejects every call, even if no other route is healthy.
   */
  public static Builder builder() {
    return new Builder(true, false);
  }

  /**
   * Returns a builder with these options. Setting a value turns an adaptive or disabled breaker
   * into a classic one with fixed thresholds.
   */
  public Builder toBuilder() {
    Builder builder = new Builder(enabled, adaptive);
    builder.window = window;
    builder.minimumCalls = minimumCalls;
    builder.failureRate = failureRate;
    builder.slowCallRate = slowCallRate;
    builder.slowCallDuration = slowCallDuration;
    builder.openTime = openTime;
    return builder;
  }

  /** Returns how many of the last calls are evaluated. An adaptive breaker ignores this. */
  public int window() {
    return window;
  }

  /**
   * Returns how many calls are needed before the breaker can open. An adaptive breaker ignores
   * this.
   */
  public int minimumCalls() {
    return minimumCalls;
  }

  /**
   * Returns the failure rate, in percent, that opens the breaker. An adaptive breaker ignores this.
   */
  public int failureRate() {
    return failureRate;
  }

  /**
   * Returns the rate of slow calls, in percent, that opens the breaker. An adaptive breaker ignores
   * this.
   */
  public int slowCallRate() {
    return slowCallRate;
  }

  /** Returns the duration above which a call is slow. An adaptive breaker ignores this. */
  public Duration slowCallDuration() {
    return slowCallDuration;
  }

  /**
   * Returns how long the breaker stays open, ± 20 %. An adaptive breaker uses this only after the
   * application opened it manually.
   */
  public Duration openTime() {
    return openTime;
  }

  /** Returns whether circuit breakers are used at all. */
  public boolean isEnabled() {
    return enabled;
  }

  /** Returns whether the breaker is adaptive, rather than a classic one with fixed thresholds. */
  public boolean isAdaptive() {
    return adaptive;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CircuitBreakerOptions that
        && window == that.window
        && minimumCalls == that.minimumCalls
        && failureRate == that.failureRate
        && slowCallRate == that.slowCallRate
        && slowCallDuration.equals(that.slowCallDuration)
        && openTime.equals(that.openTime)
        && enabled == that.enabled
        && adaptive == that.adaptive;
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        window,
        minimumCalls,
        failureRate,
        slowCallRate,
        slowCallDuration,
        openTime,
        enabled,
        adaptive);
  }

  @Override
  public String toString() {
    if (!enabled) {
      return "CircuitBreakerOptions{disabled}";
    }
    return adaptive
        ? "CircuitBreakerOptions{adaptive}"
        : "CircuitBreakerOptions{window="
            + window
            + ", minimumCalls="
            + minimumCalls
            + ", failureRate="
            + failureRate
            + ", slowCallRate="
            + slowCallRate
            + ", slowCallDuration="
            + slowCallDuration
            + ", openTime="
            + openTime
            + "}";
  }

  /** Builds {@link CircuitBreakerOptions}. Not thread-safe. */
  public static final class Builder {
    private int window = 10;
    private int minimumCalls = 5;
    private int failureRate = 50;
    private int slowCallRate = 100;
    private Duration slowCallDuration = Duration.ofMinutes(1);
    private Duration openTime = Duration.ofSeconds(30);

    private boolean enabled;
    private boolean adaptive;

    private Builder(boolean enabled, boolean adaptive) {
      this.enabled = enabled;
      this.adaptive = adaptive;
    }

    /**
     * Sets how many of the last calls are evaluated. Default: 10.
     *
     * @throws IllegalArgumentException if it is not 1 to 10,000
     */
    public Builder window(int calls) {
      this.window = require("window", calls, 10_000);
      return classical();
    }

    /**
     * Sets how many calls are needed before the breaker can open; if that is more than the window,
     * a full window is enough. Default: 5.
     *
     * @throws IllegalArgumentException if it is not 1 to 10,000
     */
    public Builder minimumCalls(int calls) {
      this.minimumCalls = require("minimumCalls", calls, 10_000);
      return classical();
    }

    /**
     * Sets the failure rate, in percent, that opens the breaker. Default: 50.
     *
     * @throws IllegalArgumentException if it is not 1 to 100
     */
    public Builder failureRate(int percent) {
      this.failureRate = require("failureRate", percent, 100);
      return classical();
    }

    /**
     * Sets the rate of calls slower than {@link #slowCallDuration}, in percent, that opens the
     * breaker. Responses count as well as failures. Default: 100.
     *
     * @throws IllegalArgumentException if it is not 1 to 100
     */
    public Builder slowCallRate(int percent) {
      this.slowCallRate = require("slowCallRate", percent, 100);
      return classical();
    }

    /**
     * Sets the duration above which a call is slow. Default: 1 minute, which is longer than the
     * default attemptTimeout.
     *
     * @throws IllegalArgumentException if it is not from 1 ms to 1 day
     */
    public Builder slowCallDuration(Duration time) {
      this.slowCallDuration = Arguments.requireTime("slowCallDuration", time);
      return classical();
    }

    /**
     * Sets how long the breaker stays open, ± 20 %. Default: 30 seconds.
     *
     * @throws IllegalArgumentException if it is not from 1 ms to 1 day
     */
    public Builder openTime(Duration time) {
      this.openTime = Arguments.requireTime("openTime", time);
      return classical();
    }

    private Builder classical() {
      enabled = true;
      adaptive = false;
      return this;
    }

    private static int require(String setter, int value, int most) {
      if (value < 1 || value > most) {
        throw new IllegalArgumentException(setter + " was given " + value + "; write 1 to " + most);
      }
      return value;
    }

    /** Returns the options. */
    public CircuitBreakerOptions build() {
      return new CircuitBreakerOptions(this);
    }
  }
}

package dev.workerclient;

import java.time.Duration;
import java.util.Objects;

/**
 * When a route that fails is skipped. One breaker a service and route. Immutable.
 *
 * <p>{@linkplain #ofDefaults() By default} a breaker adapts: it skips a route while another one is
 * healthier, and otherwise refuses calls only in proportion to what fails. {@link #builder()} makes
 * a classical breaker, with fixed thresholds.
 *
 * <p>What counts as a failure: a connection that fails, a timeout, and errors that concern the
 * whole route. Any answer of the target counts as a success. What one request or one path can cause
 * (an exception in the target, a firewall rule, a rate limit) counts as neither.
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
   * Adapts, without thresholds. A route is skipped if fewer than half of its recent attempts were
   * answered, and that in about the time that is usual on it, and another route is healthier; if no
   * other is, so many calls use it as in proportion are answered, and no call is refused while half
   * are. A route that answers nothing is tried at intervals that begin at 100 ms and grow to 1.5 s
   * (to 30 s while another route is healthier).
   */
  public static CircuitBreakerOptions ofDefaults() {
    return DEFAULTS;
  }

  /** Returns options that switch the breakers off: each call tries each route. */
  public static CircuitBreakerOptions disabled() {
    return DISABLED;
  }

  /**
   * Starts a classical breaker, with fixed thresholds. If nothing is set, it opens when half of the
   * last 10 calls failed, of at least 5, however long they took; for 30 s, give or take a fifth. It
   * refuses every call while it is open, also if no other route is healthy.
   */
  public static Builder builder() {
    return new Builder(true, false);
  }

  /**
   * Starts from these options. Setting a value makes a classical breaker, with fixed thresholds, of
   * one that adapts or is disabled.
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

  /** Returns how many of the last calls count. An adaptive breaker ignores this. */
  public int window() {
    return window;
  }

  /** Returns how many calls there must be before they count. An adaptive breaker ignores this. */
  public int minimumCalls() {
    return minimumCalls;
  }

  /** Returns the percentage of failures that opens the breaker. An adaptive one ignores this. */
  public int failureRate() {
    return failureRate;
  }

  /** Returns the percentage of slow calls that opens the breaker. An adaptive one ignores this. */
  public int slowCallRate() {
    return slowCallRate;
  }

  /** Returns from which duration on a call is slow. An adaptive breaker ignores this. */
  public Duration slowCallDuration() {
    return slowCallDuration;
  }

  /**
   * Returns how long it stays open, give or take a fifth. An adaptive breaker uses this only after
   * the application opened it by hand.
   */
  public Duration openTime() {
    return openTime;
  }

  /** Returns whether there is a breaker at all. */
  public boolean isEnabled() {
    return enabled;
  }

  /** Returns whether the breaker adapts to what is answered, instead of fixed thresholds. */
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
     * Sets how many of the last calls count.
     *
     * @throws IllegalArgumentException if it is not 1 to 10,000
     */
    public Builder window(int calls) {
      this.window = require("window", calls, 10_000);
      return classical();
    }

    /**
     * Sets how many calls there must be before they count; if that is more than the window, a full
     * window is enough.
     *
     * @throws IllegalArgumentException if it is not 1 to 10,000
     */
    public Builder minimumCalls(int calls) {
      this.minimumCalls = require("minimumCalls", calls, 10_000);
      return classical();
    }

    /**
     * Sets the percentage of failures that opens the breaker.
     *
     * @throws IllegalArgumentException if it is not 1 to 100
     */
    public Builder failureRate(int percent) {
      this.failureRate = require("failureRate", percent, 100);
      return classical();
    }

    /**
     * Sets the percentage of slow calls that opens the breaker; {@link #slowCallDuration} says what
     * is slow. An answer counts as well as a failure. Default: 100.
     *
     * @throws IllegalArgumentException if it is not 1 to 100
     */
    public Builder slowCallRate(int percent) {
      this.slowCallRate = require("slowCallRate", percent, 100);
      return classical();
    }

    /**
     * Sets the duration above which a call is slow. Default: a minute, longer than the default
     * attemptTimeout.
     *
     * @throws IllegalArgumentException if it is not from 1 ms to 1 day
     */
    public Builder slowCallDuration(Duration time) {
      this.slowCallDuration = Arguments.requireTime("slowCallDuration", time);
      return classical();
    }

    /**
     * Sets how long the breaker stays open, give or take a fifth.
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

    /** Makes the options. */
    public CircuitBreakerOptions build() {
      return new CircuitBreakerOptions(this);
    }
  }
}

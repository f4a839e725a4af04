package dev.workerclient;

import java.time.Duration;

/**
 * When a route that fails is left out, and for how long. One breaker a service and route.
 * Immutable.
 *
 * <p>What counts as a failure: a connection that fails, a timeout, and errors that speak of the
 * whole route. Any answer of the target counts as a success. What one request or one path can cause
 * (an exception in the target, a firewall rule, a rate limit) counts as neither.
 */
public final class CircuitBreakerOptions {
  private static final CircuitBreakerOptions DEFAULTS = builder().build();
  private static final CircuitBreakerOptions DISABLED =
      new CircuitBreakerOptions(new Builder(), false);

  private final int window;
  private final int minimumCalls;
  private final int failureRate;
  private final Duration openTime;
  private final boolean enabled;

  private CircuitBreakerOptions(Builder builder, boolean enabled) {
    this.window = builder.window;
    this.minimumCalls = builder.minimumCalls;
    this.failureRate = builder.failureRate;
    this.openTime = builder.openTime;
    this.enabled = enabled;
  }

  /**
   * Opens where half of the last 10 calls failed, of at least 5; for 30 s, give or take a fifth.
   */
  public static CircuitBreakerOptions ofDefaults() {
    return DEFAULTS;
  }

  /** No breaker: each call tries each route. */
  public static CircuitBreakerOptions disabled() {
    return DISABLED;
  }

  /** Starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** How many of the last calls count. */
  public int window() {
    return window;
  }

  /** How many calls there must be before they count. */
  public int minimumCalls() {
    return minimumCalls;
  }

  /** The percentage of failures that opens the breaker. */
  public int failureRate() {
    return failureRate;
  }

  /** How long it stays open, give or take a fifth. */
  public Duration openTime() {
    return openTime;
  }

  boolean enabled() {
    return enabled;
  }

  /** Builds {@link CircuitBreakerOptions}. Not thread-safe. */
  public static final class Builder {
    private int window = 10;
    private int minimumCalls = 5;
    private int failureRate = 50;
    private Duration openTime = Duration.ofSeconds(30);

    private Builder() {}

    /**
     * Sets how many of the last calls count.
     *
     * @throws IllegalArgumentException unless it is 1 to 10,000
     */
    public Builder window(int calls) {
      this.window = require("window", calls, 10_000);
      return this;
    }

    /**
     * Sets how many calls there must be before they count; where that is more than the window, a
     * full window is enough.
     *
     * @throws IllegalArgumentException unless it is 1 to 10,000
     */
    public Builder minimumCalls(int calls) {
      this.minimumCalls = require("minimumCalls", calls, 10_000);
      return this;
    }

    /**
     * Sets the percentage of failures that opens the breaker.
     *
     * @throws IllegalArgumentException unless it is 1 to 100
     */
    public Builder failureRate(int percent) {
      this.failureRate = require("failureRate", percent, 100);
      return this;
    }

    /**
     * Sets how long the breaker stays open, give or take a fifth.
     *
     * @throws IllegalArgumentException unless it is from 1 ms to 1 day
     */
    public Builder openTime(Duration time) {
      this.openTime = Durations.require("openTime", time);
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
      return new CircuitBreakerOptions(this, true);
    }
  }
}

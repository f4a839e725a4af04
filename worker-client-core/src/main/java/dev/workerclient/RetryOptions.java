package dev.workerclient;

import java.time.Duration;
import java.util.Objects;

/**
 * Options for retries: how often a call is sent again, and how long it waits in between. Immutable.
 *
 * <p>First every route of the service is tried once, without a wait. Then, if a failure may be
 * transient and it is safe to send the call again, the routes are tried again after a random wait
 * of up to {@code firstBackoff}, then {@code 2 × firstBackoff} and so on. A {@code Retry-After}
 * replaces that wait for the route that sent it. No wait exceeds the call's timeout.
 */
public final class RetryOptions {
  private static final RetryOptions DEFAULTS = builder().build();
  private static final RetryOptions DISABLED = new RetryOptions(new Builder(false));

  private final int maxAttempts;
  private final Duration firstBackoff;
  private final Duration maxBackoff;
  private final boolean repeats;

  private RetryOptions(Builder builder) {
    this.maxAttempts = builder.maxAttempts;
    this.firstBackoff = builder.firstBackoff;
    this.maxBackoff = builder.maxBackoff;
    this.repeats = builder.repeats;
  }

  /**
   * Returns the default options: 3 attempts over all routes; waits of up to 100 ms, 200 ms and so
   * on, at most 2 s.
   */
  public static RetryOptions ofDefaults() {
    return DEFAULTS;
  }

  /** Returns options that switch retries off: each route is tried once at most. */
  public static RetryOptions disabled() {
    return DISABLED;
  }

  /** Returns a builder with the default options. */
  public static Builder builder() {
    return new Builder(true);
  }

  /** Returns a builder with these options. Setting a value enables retries if they are disabled. */
  public Builder toBuilder() {
    Builder builder = new Builder(repeats);
    builder.maxAttempts = maxAttempts;
    builder.firstBackoff = firstBackoff;
    builder.maxBackoff = maxBackoff;
    return builder;
  }

  /** Returns the maximum number of attempts of a call, over all routes. */
  public int maxAttempts() {
    return maxAttempts;
  }

  /** Returns the maximum of the first wait. */
  public Duration firstBackoff() {
    return firstBackoff;
  }

  /** Returns the maximum of any wait, except for a {@code Retry-After}. */
  public Duration maxBackoff() {
    return maxBackoff;
  }

  /** Returns whether a call may try a route more than once. */
  public boolean isEnabled() {
    return repeats;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RetryOptions that
        && maxAttempts == that.maxAttempts
        && firstBackoff.equals(that.firstBackoff)
        && maxBackoff.equals(that.maxBackoff)
        && repeats == that.repeats;
  }

  @Override
  public int hashCode() {
    return Objects.hash(maxAttempts, firstBackoff, maxBackoff, repeats);
  }

  @Override
  public String toString() {
    return repeats
        ? "RetryOptions{maxAttempts="
            + maxAttempts
            + ", firstBackoff="
            + firstBackoff
            + ", maxBackoff="
            + maxBackoff
            + "}"
        : "RetryOptions{disabled}";
  }

  /** Builds {@link RetryOptions}. Not thread-safe. */
  public static final class Builder {
    private static final int MOST_ATTEMPTS = 10;

    private int maxAttempts = 3;
    private Duration firstBackoff = Duration.ofMillis(100);
    private Duration maxBackoff = Duration.ofSeconds(2);

    private boolean repeats;

    private Builder(boolean repeats) {
      this.repeats = repeats;
    }

    /**
     * Sets the maximum number of attempts of a call, over all routes; 1 switches off fallback too.
     * Default: 3.
     *
     * @throws IllegalArgumentException unless it is 1 to 10
     */
    public Builder maxAttempts(int attempts) {
      if (attempts < 1 || attempts > MOST_ATTEMPTS) {
        throw new IllegalArgumentException(
            "maxAttempts was given " + attempts + "; write 1 to " + MOST_ATTEMPTS);
      }
      this.maxAttempts = attempts;
      this.repeats = true;
      return this;
    }

    /**
     * Sets the maximum of the first wait; the maximum doubles for each further one. Default: 100
     * ms.
     *
     * @throws IllegalArgumentException unless it is from 1 ms to 1 day
     */
    public Builder firstBackoff(Duration time) {
      this.firstBackoff = Arguments.requireTime("firstBackoff", time);
      this.repeats = true;
      return this;
    }

    /**
     * Sets the maximum of any wait, except for a {@code Retry-After}. Default: 2 seconds.
     *
     * @throws IllegalArgumentException unless it is from 1 ms to 1 day
     */
    public Builder maxBackoff(Duration time) {
      this.maxBackoff = Arguments.requireTime("maxBackoff", time);
      this.repeats = true;
      return this;
    }

    /** Returns the options. */
    public RetryOptions build() {
      return new RetryOptions(this);
    }
  }
}

package dev.workerclient;

import java.time.Duration;
import java.util.Objects;

/**
 * How often a call may be sent again, and how long it waits between. Immutable.
 *
 * <p>First every route of the service is tried once, without a wait. Then, where a failure may be
 * transient and sending again is safe, the chain is passed again after a random wait up to {@code
 * firstBackoff}, {@code 2 × firstBackoff} and so on. A {@code Retry-After} takes the place of that
 * wait for the route that sent it. Nothing waits beyond the call's deadline.
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

  /** Three attempts over all routes; waits of up to 100 ms, 200 ms and so on, at most 2 s. */
  public static RetryOptions ofDefaults() {
    return DEFAULTS;
  }

  /**
   * Returns options that switch retries off: one pass through the routes. Another route may be
   * tried, and no route is tried again.
   */
  public static RetryOptions disabled() {
    return DISABLED;
  }

  /** Starts from the defaults. */
  public static Builder builder() {
    return new Builder(true);
  }

  /** Starts from these options. Setting a value switches retries on if they are disabled. */
  public Builder toBuilder() {
    Builder builder = new Builder(repeats);
    builder.maxAttempts = maxAttempts;
    builder.firstBackoff = firstBackoff;
    builder.maxBackoff = maxBackoff;
    return builder;
  }

  /** The most attempts of one call, over all routes. */
  public int maxAttempts() {
    return maxAttempts;
  }

  /** The longest that the first wait may be. */
  public Duration firstBackoff() {
    return firstBackoff;
  }

  /** The longest that any wait may be, but for a {@code Retry-After}. */
  public Duration maxBackoff() {
    return maxBackoff;
  }

  /** Returns whether a call may go through the routes more than once. */
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
     * Sets the most attempts of one call, over all routes: 1 switches fallback off as well.
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
     * Sets the longest that the first wait may be; each further one may be twice as long.
     *
     * @throws IllegalArgumentException unless it is from 1 ms to 1 day
     */
    public Builder firstBackoff(Duration time) {
      this.firstBackoff = Arguments.requireTime("firstBackoff", time);
      this.repeats = true;
      return this;
    }

    /**
     * Sets the longest that any wait may be.
     *
     * @throws IllegalArgumentException unless it is from 1 ms to 1 day
     */
    public Builder maxBackoff(Duration time) {
      this.maxBackoff = Arguments.requireTime("maxBackoff", time);
      this.repeats = true;
      return this;
    }

    /** Makes the options. */
    public RetryOptions build() {
      return new RetryOptions(this);
    }
  }
}

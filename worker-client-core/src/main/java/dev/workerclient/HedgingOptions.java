package dev.workerclient;

import java.time.Duration;
import java.util.Objects;

/**
 * Options for hedging: when a call is also sent on its next route because the first one takes
 * longer than usual. The first response is used, and the other request is cancelled. Immutable.
 *
 * <p>Only repeatable calls are hedged, and {@linkplain #ofDefaults() by default} only reads. A
 * hedge needs a healthy second route, 20 recorded responses of the operation on the first one, and
 * tokens from the {@linkplain RetryBudgetOptions retry budget}, which must be at least half full.
 */
public final class HedgingOptions {
  private static final HedgingOptions DEFAULTS = builder().build();
  private static final HedgingOptions DISABLED = new HedgingOptions(new Builder(false));

  private final boolean enabled;
  private final int percentile;
  private final Duration minDelay;
  private final Duration maxDelay;
  private final int maxPercent;
  private final boolean allRepeatable;

  private HedgingOptions(Builder builder) {
    this.enabled = builder.enabled;
    this.percentile = builder.percentile;
    this.minDelay = builder.minDelay;
    this.maxDelay = builder.maxDelay;
    this.maxPercent = builder.maxPercent;
    this.allRepeatable = builder.allRepeatable;
  }

  /**
   * Returns the default options: GET, HEAD and OPTIONS are hedged once they take longer than 99 %
   * of the recent responses of the operation on the route, but not before 10 ms and at the latest
   * after 1 s. This is about 1 % of calls, and at most 5 % in the long run.
   */
  public static HedgingOptions ofDefaults() {
    return DEFAULTS;
  }

  /** Returns options that switch hedging off. */
  public static HedgingOptions disabled() {
    return DISABLED;
  }

  /** Returns a builder with the default options. */
  public static Builder builder() {
    return new Builder(true);
  }

  /** Returns a builder with these options. Setting a value enables hedging if it is disabled. */
  public Builder toBuilder() {
    Builder builder = new Builder(enabled);
    builder.percentile = percentile;
    builder.minDelay = minDelay;
    builder.maxDelay = maxDelay;
    builder.maxPercent = maxPercent;
    builder.allRepeatable = allRepeatable;
    return builder;
  }

  /** Returns whether calls are hedged at all. */
  public boolean isEnabled() {
    return enabled;
  }

  /** Returns the percentile of recent latencies after which a call is hedged. */
  public int percentile() {
    return percentile;
  }

  /** Returns the minimum time before a call is hedged. */
  public Duration minDelay() {
    return minDelay;
  }

  /** Returns the maximum time before a call is hedged. */
  public Duration maxDelay() {
    return maxDelay;
  }

  /** Returns the percentage of calls that may be hedged in the long run. */
  public int maxPercent() {
    return maxPercent;
  }

  /** Returns whether all repeatable calls are hedged, and not only reads. */
  public boolean isAllRepeatable() {
    return allRepeatable;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HedgingOptions that
        && enabled == that.enabled
        && percentile == that.percentile
        && minDelay.equals(that.minDelay)
        && maxDelay.equals(that.maxDelay)
        && maxPercent == that.maxPercent
        && allRepeatable == that.allRepeatable;
  }

  @Override
  public int hashCode() {
    return Objects.hash(enabled, percentile, minDelay, maxDelay, maxPercent, allRepeatable);
  }

  @Override
  public String toString() {
    return enabled
        ? "HedgingOptions{percentile="
            + percentile
            + ", minDelay="
            + minDelay
            + ", maxDelay="
            + maxDelay
            + ", maxPercent="
            + maxPercent
            + ", allRepeatable="
            + allRepeatable
            + "}"
        : "HedgingOptions{disabled}";
  }

  /** Builds {@link HedgingOptions}. Not thread-safe. */
  public static final class Builder {
    private boolean enabled;
    private int percentile = 99;
    private Duration minDelay = Duration.ofMillis(10);
    private Duration maxDelay = Duration.ofSeconds(1);
    private int maxPercent = 5;
    private boolean allRepeatable;

    private Builder(boolean enabled) {
      this.enabled = enabled;
    }

    /**
     * Sets the percentile of the recent latencies of the operation on the route after which a call
     * is hedged. Default: 99.
     *
     * @throws IllegalArgumentException if it is not 50 to 99
     */
    public Builder percentile(int percent) {
      this.percentile = require("percentile", percent, 50, 99);
      return enabled();
    }

    /**
     * Sets the minimum time before a call is hedged, however fast the route usually is. Default: 10
     * ms.
     *
     * @throws IllegalArgumentException if it is not from 1 ms to 1 day
     */
    public Builder minDelay(Duration time) {
      this.minDelay = Arguments.requireTime("minDelay", time);
      return enabled();
    }

    /**
     * Sets the maximum time before a call is hedged, however slow the route usually is. If it is
     * less than {@code minDelay}, {@code minDelay} applies. Default: 1 second.
     *
     * @throws IllegalArgumentException if it is not from 1 ms to 1 day
     */
    public Builder maxDelay(Duration time) {
      this.maxDelay = Arguments.requireTime("maxDelay", time);
      return enabled();
    }

    /**
     * Sets the percentage of calls that may be hedged in the long run. Each hedge costs {@code 100
     * / maxPercent} tokens of the retry budget, and a call that succeeds without retries returns
     * one. Default: 5.
     *
     * @throws IllegalArgumentException if it is not 1 to 50
     */
    public Builder maxPercent(int percent) {
      this.maxPercent = require("maxPercent", percent, 1, 50);
      return enabled();
    }

    /**
     * Sets whether all repeatable calls are hedged, including PUT, DELETE, calls with an
     * idempotency key, and RPC methods that are {@code @Idempotent}. The two requests run
     * concurrently, and the one that loses may take effect after the call has returned: use this
     * only if the target can handle both. Default: false.
     */
    public Builder allRepeatable(boolean all) {
      this.allRepeatable = all;
      return enabled();
    }

    private Builder enabled() {
      enabled = true;
      return this;
    }

    private static int require(String setter, int value, int least, int most) {
      if (value < least || value > most) {
        throw new IllegalArgumentException(
            setter + " was given " + value + "; write " + least + " to " + most);
      }
      return value;
    }

    /** Returns the options. */
    public HedgingOptions build() {
      return new HedgingOptions(this);
    }
  }
}

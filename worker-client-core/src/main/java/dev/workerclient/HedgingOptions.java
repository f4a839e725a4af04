package dev.workerclient;

import java.time.Duration;
import java.util.Objects;

/**
 * When a call is sent by its next route too, because the first one takes longer than usual. The
 * first answer counts, and the other request is cancelled. Immutable.
 *
 * <p>Only calls that are repeatable are hedged, and {@linkplain #ofDefaults() by default} only
 * reads. A hedge needs a second route that is healthy, 20 answers of the operation on the first
 * one, and tokens of the {@linkplain RetryBudgetOptions retry budget}, at least half of which must
 * be there.
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
   * Hedges GET, HEAD and OPTIONS once they take longer than 99 % of the recent answers of that
   * operation on that route, but not before 10 ms nor after 1 s: as a rule 1 % of calls, and at
   * most 5 % in the long run.
   */
  public static HedgingOptions ofDefaults() {
    return DEFAULTS;
  }

  /** Returns options that switch hedging off. */
  public static HedgingOptions disabled() {
    return DISABLED;
  }

  /** Starts from the defaults. */
  public static Builder builder() {
    return new Builder(true);
  }

  /** Starts from these options. Setting a value switches hedging on if it is disabled. */
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

  /** Returns the percentage of answers that must usually be there before a call is hedged. */
  public int percentile() {
    return percentile;
  }

  /** Returns the time before which no call is hedged. */
  public Duration minDelay() {
    return minDelay;
  }

  /** Returns the time after which a call is hedged, however slow its route usually is. */
  public Duration maxDelay() {
    return maxDelay;
  }

  /** Returns how many of 100 calls may be hedged in the long run. */
  public int maxPercent() {
    return maxPercent;
  }

  /** Returns whether every call that is repeatable is hedged, and not only reads. */
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
     * Sets the percentage of the recent answers of an operation on a route that must usually be
     * there before a call of it is hedged. Default: 99.
     *
     * @throws IllegalArgumentException if it is not 50 to 99
     */
    public Builder percentile(int percent) {
      this.percentile = require("percentile", percent, 50, 99);
      return enabled();
    }

    /**
     * Sets the time before which no call is hedged, however fast its route usually is. Default: 10
     * ms.
     *
     * @throws IllegalArgumentException if it is not from 1 ms to 1 day
     */
    public Builder minDelay(Duration time) {
      this.minDelay = Arguments.requireTime("minDelay", time);
      return enabled();
    }

    /**
     * Sets the time after which a call is hedged, however slow its route usually is. If it is less
     * than {@code minDelay}, that counts. Default: 1 s.
     *
     * @throws IllegalArgumentException if it is not from 1 ms to 1 day
     */
    public Builder maxDelay(Duration time) {
      this.maxDelay = Arguments.requireTime("maxDelay", time);
      return enabled();
    }

    /**
     * Sets how many of 100 calls may be hedged in the long run. Each hedge takes {@code 100 /
     * maxPercent} tokens of the retry budget, and a call that succeeds at once gives one back.
     * Default: 5.
     *
     * @throws IllegalArgumentException if it is not 1 to 50
     */
    public Builder maxPercent(int percent) {
      this.maxPercent = require("maxPercent", percent, 1, 50);
      return enabled();
    }

    /**
     * Sets whether every call that is repeatable is hedged: also PUT, DELETE, a call with an
     * idempotency key, and RPC methods that are {@code @Idempotent}. The two requests run at the
     * same time, and the one that loses may take effect after the call has returned: use it only if
     * the target allows for both. Default: false.
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

    /** Makes the options. */
    public HedgingOptions build() {
      return new HedgingOptions(this);
    }
  }
}

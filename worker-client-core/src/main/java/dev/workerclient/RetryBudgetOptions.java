package dev.workerclient;

import java.util.Objects;

/**
 * Options for the retry budget of a service: how much extra load its retries may cause. Immutable.
 *
 * <p>The budget is a token bucket, one per service. A retry takes tokens, a call that succeeds
 * without retries returns one, and without tokens no call is sent again. The first attempt is free,
 * and so is another route after a failure that proves that the target did not run. So a failing
 * service gets about one request per call, however many clients it has.
 */
public final class RetryBudgetOptions {
  private static final RetryBudgetOptions DEFAULTS = builder().build();

  /** So many tokens that no program takes them all. */
  private static final RetryBudgetOptions DISABLED =
      builder().capacity(Integer.MAX_VALUE).transientCost(1).throttledCost(1).build();

  private final int capacity;
  private final int transientCost;
  private final int throttledCost;

  private RetryBudgetOptions(Builder builder) {
    this.capacity = builder.capacity;
    this.transientCost = builder.transientCost;
    this.throttledCost = builder.throttledCost;
  }

  /**
   * Returns the default options: 500 tokens; a retry costs 14 after a transient failure, and 5
   * after a rate limit.
   */
  public static RetryBudgetOptions ofDefaults() {
    return DEFAULTS;
  }

  /**
   * Returns options that switch the budget off: retries are limited only by {@link RetryOptions},
   * which multiplies the load on a failing service.
   */
  public static RetryBudgetOptions disabled() {
    return DISABLED;
  }

  /** Returns a builder with the default options. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns a builder with these options. If they are {@link #disabled}, set all three values: the
   * bucket is practically unlimited, and each cost is 1.
   */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.capacity = capacity;
    builder.transientCost = transientCost;
    builder.throttledCost = throttledCost;
    return builder;
  }

  /** Returns the number of tokens in a full bucket. */
  public int capacity() {
    return capacity;
  }

  /** Returns how many tokens a retry costs after a transient failure. */
  public int transientCost() {
    return transientCost;
  }

  /** Returns how many tokens a retry costs after a rate limit. */
  public int throttledCost() {
    return throttledCost;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RetryBudgetOptions that
        && capacity == that.capacity
        && transientCost == that.transientCost
        && throttledCost == that.throttledCost;
  }

  @Override
  public int hashCode() {
    return Objects.hash(capacity, transientCost, throttledCost);
  }

  @Override
  public String toString() {
    return equals(DISABLED)
        ? "RetryBudgetOptions{disabled}"
        : "RetryBudgetOptions{capacity="
            + capacity
            + ", transientCost="
            + transientCost
            + ", throttledCost="
            + throttledCost
            + "}";
  }

  /** Builds {@link RetryBudgetOptions}. Not thread-safe. */
  public static final class Builder {
    private int capacity = 500;
    private int transientCost = 14;
    private int throttledCost = 5;

    private Builder() {}

    /**
     * Sets the number of tokens in a full bucket; with 0, only free attempts are made. Default:
     * 500.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Builder capacity(int tokens) {
      this.capacity = require("capacity", tokens, 0);
      return this;
    }

    /**
     * Sets how many tokens a retry costs after a transient failure. Default: 14.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public Builder transientCost(int tokens) {
      this.transientCost = require("transientCost", tokens, 1);
      return this;
    }

    /**
     * Sets how many tokens a retry costs after a rate limit. Default: 5.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public Builder throttledCost(int tokens) {
      this.throttledCost = require("throttledCost", tokens, 1);
      return this;
    }

    private static int require(String setter, int tokens, int least) {
      if (tokens < least) {
        throw new IllegalArgumentException(
            setter + " was given " + tokens + "; write " + least + " or more");
      }
      return tokens;
    }

    /** Returns the options. */
    public RetryBudgetOptions build() {
      return new RetryBudgetOptions(this);
    }
  }
}

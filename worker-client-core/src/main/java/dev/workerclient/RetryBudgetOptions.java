package dev.workerclient;

import java.util.Objects;

/**
 * How much load a service's calls may add by being sent again. Immutable.
 *
 * <p>A bucket of tokens, one a service: sending again takes some, a call that succeeds without
 * having cost any gives {@code 1} back, and without tokens no call is sent again. Free are a first
 * attempt, and another route after a failure that proves that the target did not run. So a service
 * that fails gets about one request a call, however many clients it has.
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

  /** 500 tokens; 14 after a transient failure, 5 after a rate limit. */
  public static RetryBudgetOptions ofDefaults() {
    return DEFAULTS;
  }

  /**
   * Returns options that switch the budget off: only {@link RetryOptions} limit how often a call is
   * sent again, and a service that fails gets that many times the load.
   */
  public static RetryBudgetOptions disabled() {
    return DISABLED;
  }

  /** Starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Starts from these options. If they are {@link #disabled}, set all three values: the tokens are
   * as good as unlimited, and each cost is 1.
   */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.capacity = capacity;
    builder.transientCost = transientCost;
    builder.throttledCost = throttledCost;
    return builder;
  }

  /** The tokens of a full bucket. */
  public int capacity() {
    return capacity;
  }

  /** The tokens that sending again takes after a transient failure. */
  public int transientCost() {
    return transientCost;
  }

  /** The tokens that sending again takes after a rate limit. */
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
     * Sets the tokens of a full bucket; 0 leaves only what is free.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Builder capacity(int tokens) {
      this.capacity = require("capacity", tokens, 0);
      return this;
    }

    /**
     * Sets the tokens that sending again takes after a transient failure.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public Builder transientCost(int tokens) {
      this.transientCost = require("transientCost", tokens, 1);
      return this;
    }

    /**
     * Sets the tokens that sending again takes after a rate limit.
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

    /** Makes the options. */
    public RetryBudgetOptions build() {
      return new RetryBudgetOptions(this);
    }
  }
}

package dev.workerclient.internal.call;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A service's budget for load that its calls add by being sent again: a bucket of tokens, which
 * successes fill slowly. Where everything fails it is soon empty, and each call is sent once.
 * Thread-safe.
 */
public final class RetryBudget {
  private static final int REWARD = 1;

  private final int capacity;
  private final int transientCost;
  private final int throttledCost;
  private final AtomicInteger tokens;

  /** Makes a full bucket. */
  public RetryBudget(int capacity, int transientCost, int throttledCost) {
    this.capacity = capacity;
    this.transientCost = transientCost;
    this.throttledCost = throttledCost;
    this.tokens = new AtomicInteger(capacity);
  }

  /** How many tokens are left. */
  public int tokens() {
    return tokens.get();
  }

  /** Fills the bucket. */
  public void reset() {
    tokens.set(capacity);
  }

  /** What sending a call again takes. */
  enum Cost {
    /** Nothing: it adds no load, or no more than once. */
    FREE,
    /** As after any failure that passes. */
    TRANSIENT,
    /** As after the target asked for less. */
    THROTTLED
  }

  /** Takes and returns the tokens of the cost; -1 if they are not there. */
  int take(Cost cost) {
    int price =
        switch (cost) {
          case FREE -> 0;
          case TRANSIENT -> transientCost;
          case THROTTLED -> throttledCost;
        };
    int before = tokens.getAndUpdate(left -> left >= price ? left - price : left);
    return before >= price ? price : -1;
  }

  /** Gives tokens back that were taken for what was not sent after all. */
  void giveBack(int taken) {
    add(taken);
  }

  /** Notes a call that succeeded and was sent to the target once. */
  void succeeded() {
    if (tokens.get() < capacity) {
      add(REWARD);
    }
  }

  private void add(int more) {
    tokens.getAndUpdate(left -> (int) Math.min(capacity, (long) left + more));
  }
}

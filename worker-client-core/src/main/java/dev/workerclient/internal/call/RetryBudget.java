package dev.workerclient.internal.call;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A service's budget for load that its calls add by being sent again: a bucket of tokens, which
 * successes fill slowly. If everything fails it is soon empty, and each call is sent once.
 * Thread-safe.
 */
public final class RetryBudget {
  private static final int REWARD = 1;
  private static final int SHORTEST_PAUSE = 20;
  private static final int LONGEST = 5;

  private final int capacity;
  private final int transientCost;
  private final int throttledCost;
  private final AtomicInteger tokens;

  /** How many clean successes must come before a slow call is helped again. */
  private final AtomicInteger pause = new AtomicInteger();

  /** How often in a row that did not help. */
  private final AtomicInteger useless = new AtomicInteger();

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
    helped();
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
    return takes(price) ? price : -1;
  }

  private boolean takes(int price) {
    return tokens.getAndUpdate(left -> left >= price ? left - price : left) >= price;
  }

  /**
   * Whether a call that is slow may be helped by another request, before it has failed: at least
   * half of the tokens are there, since the rest is kept for calls that fail, and it helped lately.
   */
  boolean mayHelpSlowCall() {
    return pause.get() == 0 && tokens.get() >= Math.max(transientCost, capacity / 2);
  }

  /** Takes so many tokens for a hedge; false if that may not be. */
  boolean takeForHedge(int price) {
    return mayHelpSlowCall() && takes(price);
  }

  /**
   * Takes the tokens for the attempt that follows one that is ended since it is slow; false if that
   * may not be.
   */
  boolean takeToEndSlowAttempt() {
    return mayHelpSlowCall() && takes(transientCost);
  }

  /** Notes that another request answered a slow call in about the usual time. */
  void helped() {
    useless.set(0);
    pause.set(0);
  }

  /** Notes that it did not. A service that is slow as a whole is so asked hardly more for it. */
  void didNotHelp() {
    pause.set(SHORTEST_PAUSE << Math.min(useless.getAndIncrement(), LONGEST));
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
    if (pause.get() > 0) {
      pause.decrementAndGet();
    }
  }

  private void add(int more) {
    tokens.getAndUpdate(left -> (int) Math.min(capacity, (long) left + more));
  }
}

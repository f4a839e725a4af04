package dev.workerclient.internal.call;

import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.classify.table.FailureKind;
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

  /** Takes and returns what sending again after that failure costs; -1 where that is not there. */
  int take(Failure failure) {
    int cost = failure.kind() == FailureKind.RATE_LIMITED ? throttledCost : transientCost;
    int before = tokens.getAndUpdate(left -> left >= cost ? left - cost : left);
    return before >= cost ? cost : -1;
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
    tokens.getAndUpdate(left -> Math.min(capacity, left + more));
  }
}

package dev.workerclient.rpc;

import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Asks the application's Publisher for one element after another, and cancels: never two calls at a
 * time, and none within another, as its elements may come within the call that asks. Thread-safe.
 */
final class Demand {
  private final Runnable broken;

  // What follows is guarded by this.
  private Flow.@Nullable Subscription subscription;
  private boolean wanted;
  private boolean cancelled;
  private boolean told;
  private boolean calling;

  /**
   * Makes it.
   *
   * @param broken runs if the subscription throws, which it must not
   */
  Demand(Runnable broken) {
    this.broken = broken;
  }

  /** Takes the subscription; returns false if there is one. */
  boolean begin(Flow.Subscription given) {
    synchronized (this) {
      if (subscription != null) {
        return false;
      }
      subscription = given;
    }
    call();
    return true;
  }

  /** Asks for one element. */
  void ask() {
    synchronized (this) {
      wanted = true;
    }
    call();
  }

  /** Wants nothing more. */
  void cancel() {
    synchronized (this) {
      cancelled = true;
    }
    call();
  }

  private void call() {
    Flow.Subscription to;
    synchronized (this) {
      to = subscription;
      if (calling || to == null) {
        return;
      }
      calling = true;
    }
    while (true) {
      boolean cancels;
      synchronized (this) {
        cancels = cancelled;
        if (cancels ? told : !wanted) {
          calling = false;
          return;
        }
        told = cancels;
        wanted = false;
      }
      try {
        if (cancels) {
          to.cancel();
        } else {
          to.request(1);
        }
      } catch (RuntimeException e) {
        broken.run();
      }
    }
  }
}

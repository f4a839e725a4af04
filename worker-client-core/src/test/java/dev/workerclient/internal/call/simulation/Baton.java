package dev.workerclient.internal.call.simulation;

import java.util.concurrent.locks.LockSupport;

/** What lets its thread run: exactly one of a simulation's threads has it. */
final class Baton {
  private final Thread thread = Thread.currentThread();
  private volatile boolean here;

  /** Hands it to this one's thread; the caller has it no more. */
  void pass() {
    here = true;
    LockSupport.unpark(thread);
  }

  /** Waits until this thread has it. */
  void await() {
    while (!here) {
      LockSupport.park(this);
    }
    here = false;
  }
}

package dev.workerclient.mockserver;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Exchanges that wait, until their time is over or the mock lets go of them. Thread-safe. */
final class Hold {
  private CountDownLatch released = new CountDownLatch(1);
  private boolean ended;

  /** Returns what is to be awaited from now on; a later release ends it. */
  synchronized Waiter waiter() {
    CountDownLatch current = released;
    return time -> current.await(TimeUnit.NANOSECONDS.convert(time), TimeUnit.NANOSECONDS);
  }

  synchronized void release() {
    released.countDown();
    if (!ended) {
      released = new CountDownLatch(1);
    }
  }

  /** Releases what waits, and what will. */
  synchronized void end() {
    ended = true;
    released.countDown();
  }

  /** Waits for one exchange. */
  @FunctionalInterface
  interface Waiter {
    Duration FOREVER = Duration.ofDays(1000);

    /** Returns true if the wait was ended before its time. */
    boolean await(Duration time) throws InterruptedException;
  }
}

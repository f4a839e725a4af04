package dev.workerclient.benchmarks.idle;

import dev.workerclient.benchmarks.peer.PeerClient;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** POSTs with a pause after each, and then GETs without. */
record Pauses(int posts, Duration time) {
  static final int GETS = 20;

  /** How many failed. */
  record Outcome(int failedPosts, int failedGets) {}

  Outcome run(PeerClient client) {
    int failedPosts = 0;
    for (int i = 0; i < posts; i++) {
      failedPosts += fails(client, "POST");
      pause();
    }
    int failedGets = 0;
    for (int i = 0; i < GETS; i++) {
      failedGets += fails(client, "GET");
    }
    return new Outcome(failedPosts, failedGets);
  }

  void pause() {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private static int fails(PeerClient client, String method) {
    try {
      client.call(method);
      return 0;
    } catch (Exception e) {
      return 1;
    }
  }
}

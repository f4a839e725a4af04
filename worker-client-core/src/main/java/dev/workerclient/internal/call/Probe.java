package dev.workerclient.internal.call;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Asks beside users' calls whether a route is healthy: a GET of the service's health path, and
 * never a copy of a user's call. One probe of a route runs at a time. Thread-safe.
 */
public final class Probe {
  private static final int MOST = 2;

  private final Supplier<Call> calls;
  private final Executor executor;
  private final AtomicBoolean running = new AtomicBoolean();

  /**
   * Makes the probe.
   *
   * @param calls makes the GET
   */
  public Probe(Supplier<Call> calls, Executor executor) {
    this.calls = calls;
    this.executor = executor;
  }

  /** Probes until the gate's breaker has what it needs, unless that is under way. */
  void start(BreakerGate gate) {
    if (!running.compareAndSet(false, true)) {
      return;
    }
    try {
      executor.execute(() -> run(gate));
    } catch (RuntimeException | Error e) { // An Error if no thread could be started.
      running.set(false); // The next call that comes by tries again.
    }
  }

  private void run(BreakerGate gate) {
    try {
      for (int sent = 0; sent < MOST && gate.sendProbe(calls.get()); sent++) {
        // The breaker counts; a probe that says nothing of the route must not go on for ever.
      }
    } finally {
      running.set(false);
    }
  }
}

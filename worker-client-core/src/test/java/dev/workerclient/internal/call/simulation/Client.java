package dev.workerclient.internal.call.simulation;

import static dev.workerclient.internal.call.simulation.Scenario.SECOND;

/** A process that calls the service at a steady rate, whatever becomes of its calls. */
abstract class Client {
  static final long ATTEMPT_TIMEOUT = 3 * SECOND;
  static final long CALL_TIMEOUT = 10 * SECOND;
  static final int MOST_ATTEMPTS = 3;

  private final Attempts attempts;
  private final long period;

  Client(Attempts attempts, long period) {
    this.attempts = attempts;
    this.period = period;
  }

  /** Makes the first call at some moment within the first period. */
  final void start() {
    callAt((long) (period * attempts.random().nextDouble()));
  }

  private void callAt(long start) {
    if (start < Scenario.LAST * SECOND) {
      time().at(start, () -> next(start));
    }
  }

  private void next(long start) {
    callAt(start + period);
    call();
  }

  /** Makes a call now. */
  abstract void call();

  final Timeline time() {
    return attempts.time();
  }

  final Attempts attempts() {
    return attempts;
  }

  final void ended(long start, boolean answered) {
    attempts.measurements().called(start, time().now() - start, answered);
  }
}

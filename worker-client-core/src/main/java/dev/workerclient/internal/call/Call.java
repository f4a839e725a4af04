package dev.workerclient.internal.call;

import dev.workerclient.error.Attempt;
import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.http.Cancellation;
import dev.workerclient.internal.route.Outgoing;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * One call under way: what is sent, its deadline, and what has been tried. Used by one thread at a
 * time; {@link #cancellation()} by any.
 */
public final class Call {
  private final String service;
  private final String operation;
  private final Outgoing outgoing;
  private final boolean repeatable;
  private final CallOptions options;
  private final Deadline deadline;
  private final LongSupplier nanoTime;
  private final Cancellation cancellation = new Cancellation();
  private final List<Attempt> attempts = new ArrayList<>(2);
  private final List<Failure> failures = new ArrayList<>(2);

  /**
   * Starts a call; its deadline runs from here.
   *
   * @param operation method and path template, for messages
   * @param repeatable whether running it twice does no harm
   * @param nanoTime the clock of deadlines
   */
  public Call(
      String service,
      String operation,
      Outgoing outgoing,
      boolean repeatable,
      CallOptions options,
      LongSupplier nanoTime) {
    this.service = service;
    this.operation = operation;
    this.outgoing = outgoing;
    this.repeatable = repeatable;
    this.options = options;
    this.nanoTime = nanoTime;
    this.deadline = Deadline.after(options.callTime(), nanoTime);
  }

  String service() {
    return service;
  }

  String operation() {
    return operation;
  }

  Outgoing outgoing() {
    return outgoing;
  }

  boolean isRepeatable() {
    return repeatable;
  }

  CallOptions options() {
    return options;
  }

  Deadline deadline() {
    return deadline;
  }

  long nanoTime() {
    return nanoTime.getAsLong();
  }

  /** Cancels the call from any thread. */
  public Cancellation cancellation() {
    return cancellation;
  }

  void record(Attempt attempt) {
    attempts.add(attempt);
  }

  void record(Attempt attempt, Failure failure) {
    attempts.add(attempt);
    failures.add(failure);
  }

  /** The attempts so far, in order. */
  public List<Attempt> attempts() {
    return List.copyOf(attempts);
  }

  /** The failures of those attempts that failed, in order. */
  List<Failure> failures() {
    return failures;
  }
}

package dev.workerclient.micrometer;

import dev.workerclient.error.Attempt;
import dev.workerclient.error.WorkerException;
import io.micrometer.observation.Observation;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The observations of one call, and the scopes that they have open. A hedge's events come on a
 * thread of its own, beside those of the attempt that it hedges.
 */
final class ObservedCall {
  /** Who made it: of two listeners of this kind the first one sees the call. */
  final WorkerObservations owner;

  final WorkerCallContext context;
  private final Observation observation;
  private final @Nullable Observation caller;
  private Observation.@Nullable Scope scope;

  /** By number. */
  private final Map<Integer, ObservedAttempt> attempts = new ConcurrentHashMap<>(2);

  private record ObservedAttempt(
      WorkerAttemptContext context,
      Observation observation,
      Observation.Scope scope,
      Thread thread) {}

  /** With the observation that is current on the thread that makes the call, if any. */
  ObservedCall(
      WorkerObservations owner,
      WorkerCallContext context,
      Observation observation,
      @Nullable Observation caller) {
    this.owner = owner;
    this.context = context;
    this.observation = observation;
    this.caller = caller;
  }

  /** Begins to run, on the thread that will also end it. */
  void started() {
    if (!observation.isNoop()) {
      scope = observation.openScope();
    }
  }

  void attemptStarted(WorkerAttemptContext begun, Observation made) {
    if (observation.isNoop()) { // A predicate of the registry refused it.
      made.parentObservation(caller);
    }
    made.start();
    attempts.put(
        begun.info().number(),
        new ObservedAttempt(begun, made, made.openScope(), Thread.currentThread()));
  }

  /** Ends the attempt of that number, if it began. */
  void attemptEnded(Attempt result) {
    ObservedAttempt ended = attempts.remove(result.number());
    if (ended == null) {
      return;
    }
    try {
      ended.context.ended(result);
      if (result.failure() != null) {
        ended.observation.error(new FailedAttempt(result));
      }
    } finally { // A handler that throws leaves no scope open.
      ended.scope.close();
      ended.observation.stop();
    }
  }

  /** Ends what ended without a result on this thread; a hedge's own will still end it. */
  private void endRest() {
    for (ObservedAttempt left : List.copyOf(attempts.values())) {
      if (left.thread == Thread.currentThread()) {
        attempts.values().remove(left);
        left.scope.close();
        left.observation.stop();
      }
    }
  }

  void ended(List<Attempt> made, @Nullable WorkerException failure) {
    try {
      endRest();
      context.ended(made, failure);
      if (failure != null) {
        observation.error(failure);
      }
    } finally {
      close(scope);
      scope = null;
      observation.stop();
    }
  }

  private static void close(Observation.@Nullable Scope open) {
    if (open != null) {
      open.close();
    }
  }
}

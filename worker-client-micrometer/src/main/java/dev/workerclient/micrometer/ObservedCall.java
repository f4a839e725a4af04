package dev.workerclient.micrometer;

import dev.workerclient.error.Attempt;
import dev.workerclient.error.WorkerException;
import io.micrometer.observation.Observation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The observations of one call, and the scopes that they have open. One thread at a time. */
final class ObservedCall {
  /** Who made it: of two listeners of this kind the first one sees the call. */
  final WorkerObservations owner;

  final WorkerCallContext context;
  private final Observation observation;
  private final @Nullable Observation caller;
  private Observation.@Nullable Scope scope;

  private @Nullable WorkerAttemptContext attemptContext;
  private @Nullable Observation attempt;
  private Observation.@Nullable Scope attemptScope;

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
    attemptContext = begun;
    attempt = made;
    if (observation.isNoop()) { // A predicate of the registry refused it.
      made.parentObservation(caller);
    }
    made.start();
    attemptScope = made.openScope();
  }

  /** Ends the attempt that is under way, if any; null for one that ended without a result. */
  void attemptEnded(@Nullable Attempt result) {
    Observation ending = attempt;
    if (ending == null || attemptContext == null) {
      return;
    }
    attempt = null;
    try {
      if (result != null) {
        attemptContext.ended(result);
        if (result.failure() != null) {
          ending.error(new FailedAttempt(result));
        }
      }
    } finally { // A handler that throws leaves no scope open.
      close(attemptScope);
      attemptScope = null;
      ending.stop();
    }
  }

  void ended(List<Attempt> attempts, @Nullable WorkerException failure) {
    try {
      attemptEnded(null);
      context.ended(attempts, failure);
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

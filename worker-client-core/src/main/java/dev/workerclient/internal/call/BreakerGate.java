package dev.workerclient.internal.call;

import dev.workerclient.error.Delivery;
import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.classify.table.FailureKind;
import dev.workerclient.internal.http.Outcome;
import dev.workerclient.internal.route.RouteBreaker;
import dev.workerclient.internal.route.RouteSymptom;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Leaves a route out while its breaker is open, and finds out when it is well again: at the cost of
 * a user's call only where no probe can do it and no other route is well.
 */
final class BreakerGate implements Sender {
  private final Sender delegate;
  private final RouteBreaker breaker;
  private final List<RouteBreaker> others;
  private final @Nullable Probe probe;

  /** Where a 1042 can only be the platform's. */
  private final boolean workersDev;

  private BreakerGate(
      Sender delegate, RouteBreaker breaker, List<RouteBreaker> others, GuardedRoute guarded) {
    this.delegate = delegate;
    this.breaker = breaker;
    this.others = List.copyOf(others);
    this.probe = guarded.probe();
    this.workersDev = guarded.route().isWorkersDev();
  }

  /** Returns the delegate itself where breakers are off. */
  static Sender of(GuardedRoute guarded, List<GuardedRoute> chain, Sender delegate) {
    RouteBreaker breaker = guarded.breaker();
    if (breaker == null) {
      return delegate;
    }
    List<RouteBreaker> others = new ArrayList<>(chain.size());
    for (GuardedRoute other : chain) {
      if (other.breaker() != null && other.breaker() != breaker) {
        others.add(other.breaker());
      }
    }
    return new BreakerGate(delegate, breaker, others, guarded);
  }

  /** Whether the outcome is that a breaker let no call through. */
  static boolean isClosedTo(Outcome outcome) {
    return outcome instanceof Outcome.Failed failed
        && failed.failure().kind() == FailureKind.CIRCUIT_OPEN;
  }

  /** How long such a breaker says to wait; one that does not say waits longest. */
  static Duration wait(Outcome.Failed closed) {
    Duration wait = closed.failure().retryAfter();
    return wait == null ? ChronoUnit.FOREVER.getDuration() : wait;
  }

  @Override
  public Outcome send(Call call) {
    Object admission = admit(call);
    return admission == null ? new Outcome.Failed(closed(), 0) : sendAdmitted(call, admission);
  }

  /** Sends a probe's call where the breaker admits it; false where it does not, or is closed. */
  boolean sendProbe(Call call) {
    Object admission = breaker.isRecovering() ? breaker.admit() : null;
    if (admission == null) {
      return false;
    }
    Outcome unused = sendAdmitted(call, admission);
    return true;
  }

  private Outcome sendAdmitted(Call call, Object admission) {
    long start = call.nanoTime();
    Outcome outcome = null;
    try {
      outcome = delegate.send(call);
      return outcome;
    } finally {
      settle(call, admission, outcome, call.nanoTime() - start);
    }
  }

  private @Nullable Object admit(Call call) {
    if (breaker.isClosed() || noOtherIsWell()) {
      return breaker.admit();
    }
    if (!breaker.isRecovering()) {
      return null; // Asking could begin the recovery, at times that a user's configuration set.
    }
    if (probe != null) {
      probe.start(this);
      return null;
    }
    return call.isRepeatable() ? breaker.admit() : null;
  }

  private boolean noOtherIsWell() {
    for (RouteBreaker other : others) {
      if (other.isClosed()) {
        return false;
      }
    }
    return true;
  }

  private void settle(Call call, Object admission, @Nullable Outcome outcome, long nanos) {
    if (outcome == null) {
      breaker.released(admission); // Code of the user's own threw.
    } else if (outcome instanceof Outcome.Failed failed
        && failed.failure().kind() != FailureKind.WORKER_DECODING) { // An answer, but too large.
      settleFailed(call, admission, failed.failure(), nanos);
    } else {
      breaker.succeeded(admission, nanos);
    }
  }

  private void settleFailed(Call call, Object admission, Failure failure, long nanos) {
    RouteSymptom health = health(call, failure, nanos);
    if (health == RouteSymptom.UNKNOWN) {
      breaker.released(admission);
      return;
    }
    breaker.failed(
        admission,
        health,
        nanos,
        call,
        failure.summary(),
        breaker.isWatched() ? FailureReport.exception(call, failure) : new UnseenException());
  }

  private RouteSymptom health(Call call, Failure failure, long nanos) {
    return switch (failure.kind()) {
      case WORKER_CANCELLED, WORKER_CALL -> RouteSymptom.UNKNOWN;
      case ERROR_1042, WORKER_NOT_FOUND -> // Elsewhere the target itself most likely passed it on.
          workersDev || failure.delivery() == Delivery.NOT_DELIVERED
              ? RouteSymptom.MISCONFIGURED
              : RouteSymptom.UNKNOWN;
      case UNPROVEN_RESPONSE -> // A firewall's own answer to one request looks so too.
          failure.status() < 500 && failure.status() >= 400
              ? RouteSymptom.UNKNOWN
              : RouteSymptom.FAILING;
      case WORKER_TIMEOUT ->
          failure.isOfCallsTime() && hadLittleTime(call, nanos)
              ? RouteSymptom.UNKNOWN
              : ofScope(failure);
      default -> failure.misconfigured() ? RouteSymptom.MISCONFIGURED : ofScope(failure);
    };
  }

  /** A call in a hurry, or one whose time other routes used up, says nothing of this one. */
  private static boolean hadLittleTime(Call call, long nanos) {
    CallOptions options = call.options();
    long attempt = Math.min(options.attemptTime().toNanos(), options.callTime().toNanos());
    return options.hurried() || nanos < attempt / 2;
  }

  private static RouteSymptom ofScope(Failure failure) {
    return failure.concernsRoute() ? RouteSymptom.FAILING : RouteSymptom.UNKNOWN;
  }

  private Failure closed() {
    Duration wait = breaker.opensAgainIn();
    return Failure.builder(FailureKind.CIRCUIT_OPEN, "the circuit breaker of every route is open")
        .diagnosis(
            "the routes failed often enough to be left out for a while",
            "see what they failed with in the log, where a WARN says when a route was left out")
        .response(0, null, wait.isZero() ? null : wait)
        .delivery(Delivery.NOT_DELIVERED, "no attempt was made")
        .helps(true, false)
        .build();
  }
}

package dev.workerclient.internal.call;

import dev.workerclient.error.Delivery;
import dev.workerclient.internal.call.CallPath.GuardedRoute;
import dev.workerclient.internal.call.CallPath.Sender;
import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.classify.table.FailureKind;
import dev.workerclient.internal.http.CallSpec.Limits;
import dev.workerclient.internal.http.Outcome;
import dev.workerclient.internal.http.UserCode;
import dev.workerclient.internal.route.RouteBreaker;
import dev.workerclient.internal.route.RouteFailure;
import dev.workerclient.internal.route.RouteFailure.Symptom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Skips a route while its breaker says so, and finds out when it is healthy again: at the cost of a
 * user's call only if no probe can do it.
 */
final class BreakerGate implements Sender {
  private static final Logger LOGGER = LoggerFactory.getLogger("dev.workerclient");

  private final Sender delegate;
  private final RouteBreaker breaker;
  private final List<RouteBreaker> others;
  private final @Nullable Probe probe;
  private final String route;

  /** Where a 1042 can only be the platform's. */
  private final boolean workersDev;

  private BreakerGate(
      Sender delegate, RouteBreaker breaker, List<RouteBreaker> others, GuardedRoute guarded) {
    this.delegate = delegate;
    this.breaker = breaker;
    this.others = List.copyOf(others);
    this.probe = guarded.probe();
    this.route = guarded.route().name();
    this.workersDev = guarded.route().isWorkersDev();
  }

  /** Returns the delegate itself if breakers are off. */
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

  @Override
  public Outcome send(Call call) {
    Object closed = breaker.admitIfClosed();
    Object admission = closed == null ? admit(call) : closed;
    return admission == null ? refused() : sendAdmitted(call, admission);
  }

  private Outcome refused() {
    Duration wait = breaker.opensAgainIn();
    RouteFailure last = breaker.lastFailure();
    return new Outcome.Skipped(
        wait.isZero() ? null : wait, last == null ? Map.of() : Map.of(route, last.summary()));
  }

  /** Sends a probe's call if the breaker admits it; false if it does not, or is closed. */
  boolean sendProbe(Call call) {
    Object step = breaker.admitStep();
    Object admission = step == null ? breaker.admitTry(true) : step;
    if (admission == null) {
      return false;
    }
    Outcome unused = sendAdmitted(call, admission);
    return true;
  }

  private Outcome sendAdmitted(Call call, Object admission) {
    long before = call.nanosOfAttempts();
    Outcome outcome = null;
    try {
      outcome = delegate.send(call);
      return outcome;
    } finally {
      try {
        settle(call, admission, outcome, call.nanosOfAttempts() - before);
      } catch (Throwable e) { // A predicate or an event consumer of the application's registry.
        LOGGER.warn(
            "the circuit breaker threw; the call's result is not affected", UserCode.threw(e));
      }
    }
  }

  private @Nullable Object admit(Call call) {
    if (noOtherIsHealthier()) {
      return breaker.admit(others);
    }
    Object step = breaker.admitStep();
    if (step != null) {
      return step;
    }
    if (!breaker.isTryDue(probe != null)) {
      return null; // Asking could begin the recovery, at times that a user's configuration set.
    }
    if (probe != null) {
      probe.start(this);
      return null;
    }
    return mayTry(call) ? breaker.admitTry(false) : null;
  }

  private boolean noOtherIsHealthier() {
    for (RouteBreaker other : others) {
      if (breaker.yieldsTo(other)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the call can go on to the next route if the try fails like the last attempt. */
  private boolean mayTry(Call call) {
    RouteFailure last = breaker.lastFailure();
    return last == null
        ? call.spec.repeatable()
        : (call.spec.repeatable() || last.undelivered()) && last.nanos() <= call.nanosLeft() / 2;
  }

  private void settle(Call call, Object admission, @Nullable Outcome outcome, long nanos) {
    if (outcome == null) {
      breaker.released(admission); // The application's code threw.
    } else if (call.overdue && settleOverdue(call, admission, outcome, nanos)) {
      return;
    } else if (outcome instanceof Outcome.Failed failed
        && failed.failure().kind() != FailureKind.WORKER_DECODING) { // An answer, but too large.
      settleFailed(call, admission, failed.failure(), nanos);
    } else {
      breaker.succeeded(admission, nanos);
    }
  }

  private void settleFailed(Call call, Object admission, Failure failure, long nanos) {
    Symptom health = health(call, failure, nanos);
    if (health == Symptom.NONE) {
      breaker.released(admission);
      return;
    }
    boolean undelivered = failure.delivery() == Delivery.NOT_DELIVERED;
    breaker.failed(
        admission,
        new RouteFailure(health, undelivered, nanos, failure.summary()),
        call,
        exception(call, failure));
  }

  /** False if the breaker counts the outcome as any other. */
  private boolean settleOverdue(Call call, Object admission, Outcome outcome, long nanos) {
    String what = "took " + nanos / 1_000_000 + " ms, longer than usual";
    Throwable exception =
        outcome instanceof Outcome.Failed failed
                && failed.failure().kind() == FailureKind.WORKER_TIMEOUT
            ? exception(call, failed.failure())
            : null;
    return breaker.overdue(
        admission,
        new RouteFailure(Symptom.SLOW, false, nanos, what),
        outcome instanceof Outcome.Answered,
        exception);
  }

  private Throwable exception(Call call, Failure failure) {
    return breaker.isWatched()
        ? FailureReport.exception(call, failure)
        : new FailureReport.UnseenException();
  }

  private Symptom health(Call call, Failure failure, long nanos) {
    return switch (failure.kind()) {
      case WORKER_CANCELLED, WORKER_CALL -> Symptom.NONE;
      case ERROR_1042, WORKER_NOT_FOUND -> // Elsewhere the target itself most likely passed it on.
          workersDev || failure.delivery() == Delivery.NOT_DELIVERED
              ? Symptom.MISCONFIGURED
              : Symptom.NONE;
      case UNPROVEN_RESPONSE -> // A firewall's own answer to one request looks so too.
          failure.status() < 500 && failure.status() >= 400 ? Symptom.NONE : Symptom.FAILING;
      case WORKER_TIMEOUT ->
          (failure.isOfCallsTime() || isOfHurriedAttempt(call, failure))
                  && hadLittleTime(call, nanos)
              ? Symptom.NONE
              : ofScope(failure);
      default -> failure.misconfigured() ? Symptom.MISCONFIGURED : ofScope(failure);
    };
  }

  private static boolean isOfHurriedAttempt(Call call, Failure failure) {
    return failure.isOfAttemptsTime() && call.spec.limits().hurriesAttempts();
  }

  /** A call in a hurry, or one whose time other routes used up, says nothing of this one. */
  private static boolean hadLittleTime(Call call, long nanos) {
    Limits limits = call.spec.limits();
    long attempt = Math.min(limits.attemptTime().toNanos(), limits.callTime().toNanos());
    return limits.hurried() || nanos < attempt / 2;
  }

  private static Symptom ofScope(Failure failure) {
    return failure.concernsRoute() ? Symptom.FAILING : Symptom.NONE;
  }
}

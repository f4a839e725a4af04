package dev.workerclient.internal.call;

import dev.workerclient.error.Delivery;
import dev.workerclient.error.WorkerTimeoutException.Phase;
import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.classify.table.FailureKind;
import dev.workerclient.internal.http.Outcome;
import dev.workerclient.internal.http.TransportFailure;
import dev.workerclient.internal.http.UserCode;
import dev.workerclient.internal.route.CredentialException;

/** The failures of a call that no request brought. */
final class CallFailures {
  private CallFailures() {}

  /** That the call was told to stop, between attempts. */
  static Failure cancelled() {
    return TransportFailure.cancelled()
        .delivery(Delivery.NOT_DELIVERED, "no attempt was running")
        .build();
  }

  /** That a hedge had not ended when its call did. */
  static Failure abandoned() {
    return TransportFailure.cancelled()
        .delivery(Delivery.UNKNOWN, "the request was under way, and the target may have run")
        .build()
        .summarized("the call ended first");
  }

  static Failure queueTimeout() {
    return Failure.builder(
            FailureKind.WORKER_TIMEOUT, "callTimeout passed before the first attempt")
        .diagnosis(
            "maxConcurrentCalls async calls were running, or the executor had no thread for this"
                + " one",
            "raise maxConcurrentCalls, the executor's threads or callTimeout, or send fewer calls"
                + " at once")
        .delivery(Delivery.NOT_DELIVERED, "no attempt was made")
        .helps(true, false)
        .phase(Phase.QUEUE)
        .build();
  }

  /** That the executor of async calls threw, and did not run the call. */
  static Failure notExecuted(Throwable thrown) {
    return Failure.builder(FailureKind.WORKER_CALL, "the executor rejected the call")
        .diagnosis(
            "the executor is shut down or full, or the client was closed while the call was queued",
            "set an executor(…) with a queue, and close the client after its last call")
        .delivery(Delivery.NOT_DELIVERED, "no attempt was made")
        .exception(UserCode.ignored(thrown))
        .build();
  }

  /** That no breaker let the call through. */
  static Failure refused(Outcome.Skipped skipped) {
    StringBuilder message = new StringBuilder("the circuit breaker of every route is open");
    skipped
        .lastFailures()
        .forEach(
            (route, failure) ->
                message.append("; ").append(route).append(" last failed with: ").append(failure));
    return Failure.builder(FailureKind.CIRCUIT_OPEN, message.toString())
        .diagnosis(
            "every route failed recently, and no call may try one right now",
            "fix the last failures of the routes; retryAfter() says when a call may try one")
        .response(0, null, skipped.retryAfter())
        .lastFailures(skipped.lastFailures())
        .delivery(Delivery.NOT_DELIVERED, "no attempt was made")
        .helps(true, false)
        .build();
  }

  /** That a route's credential could not be read, or is not fit for a header. */
  static Failure ofCredential(CredentialException e) {
    Throwable thrown = e.thrown();
    Failure.Builder failure =
        thrown == null
            ? Failure.builder(FailureKind.ACCESS_DENIED, e.reason())
                .diagnosis(
                    "the route's credential could not be sent",
                    "supply it as one line of visible ASCII")
            : Failure.builder(FailureKind.WORKER_CALL, e.reason())
                .diagnosis(
                    "application code could not supply the route's credential",
                    "fix the supplier; the exception's cause has the type and stack trace, without"
                        + " the message")
                .exception(thrown);
    return failure
        .delivery(Delivery.NOT_DELIVERED, "nothing was sent")
        .helps(false, true)
        .concernsRoute(false)
        .build();
  }

  /** That code of the application threw what nobody expects. */
  static Failure threw(Throwable thrown) {
    return Failure.builder(
            FailureKind.WORKER_CALL, "application code threw " + thrown.getClass().getName())
        .diagnosis("application code failed during the call", "see the exception's cause")
        .delivery(Delivery.UNKNOWN, "the call was running, and the target may have run")
        .exception(thrown)
        .build();
  }
}

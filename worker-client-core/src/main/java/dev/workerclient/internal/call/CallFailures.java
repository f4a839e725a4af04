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
        .delivery(Delivery.NOT_DELIVERED, "no attempt was under way")
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
            FailureKind.WORKER_TIMEOUT, "the call's time was up before its first attempt")
        .diagnosis(
            "as many async calls as maxConcurrentCalls allows were under way, or the executor had"
                + " no thread for this one",
            "raise maxConcurrentCalls, the executor's threads or callTimeout, or send fewer calls"
                + " at once")
        .delivery(Delivery.NOT_DELIVERED, "no attempt was made")
        .helps(true, false)
        .phase(Phase.QUEUE)
        .build();
  }

  /** That the executor of async calls threw, and did not run the call. */
  static Failure notExecuted(Throwable thrown) {
    return Failure.builder(FailureKind.WORKER_CALL, "the executor took no more calls")
        .diagnosis(
            "the executor is shut down or full, or the client was closed while the call waited",
            "give executor(…) one that queues what it can't run yet, and close the client last")
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
            "every route failed or was closed, and no call may try one at this moment",
            "correct what the routes last failed with; retryAfter() says when a call may try one")
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
                    "supply it as visible ASCII, one line")
            : Failure.builder(FailureKind.WORKER_CALL, e.reason())
                .diagnosis(
                    "the application's own code could not supply the route's credential",
                    "correct the supplier, or what it reads from; the exception's cause has the"
                        + " type and the place, without the message")
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
            FailureKind.WORKER_CALL, "code within the call threw " + thrown.getClass().getName())
        .diagnosis("code of the application failed", "see the exception's cause")
        .delivery(Delivery.UNKNOWN, "the call was under way")
        .exception(thrown)
        .build();
  }
}

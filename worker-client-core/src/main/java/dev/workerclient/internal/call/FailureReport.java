package dev.workerclient.internal.call;

import dev.workerclient.error.Attempt;
import dev.workerclient.error.Delivery;
import dev.workerclient.error.Diagnosis;
import dev.workerclient.error.ServiceError;
import dev.workerclient.error.WorkerException;
import dev.workerclient.internal.classify.Failure;
import java.util.List;

/** Makes the one exception of a failed call from the failures of its attempts. */
public final class FailureReport {
  private FailureReport() {}

  /** Stands for a failure if resilience4j wants an exception and nobody looks at it. */
  static final class UnseenException extends Exception {
    private static final long serialVersionUID = 1L;

    UnseenException() {
      super("not shown", null, false, false);
    }
  }

  /**
   * Returns the failure as an exception that carries all attempts, with the other failures of the
   * call as suppressed, in order.
   */
  @SuppressWarnings("ReferenceEquality") // Two attempts that failed alike are two failures.
  public static WorkerException exception(Call call, Failure last) {
    List<Attempt> attempts = call.attempts();
    WorkerException exception = last.toException(error(call, last, attempts));
    for (Call.FailedAttempt failed : call.failures()) {
      Failure failure = failed.failure();
      if (failure != last) {
        exception.addSuppressed(
            failure.toException(error(call, failure, List.of(failed.attempt()))));
      }
    }
    return exception;
  }

  private static ServiceError error(Call call, Failure failure, List<Attempt> attempts) {
    Delivery delivery = failure.delivery();
    for (Attempt attempt : attempts) {
      delivery = Delivery.strongest(delivery, attempt.delivery());
    }
    boolean safe = ResendPolicy.isSafe(delivery, call.spec().repeatable());
    String reason =
        delivery == failure.delivery()
            ? failure.deliveryReason()
            : "the target "
                + (delivery == Delivery.DELIVERED ? "ran" : "may have run")
                + " in an earlier attempt";
    return ServiceError.builder(
            call.spec().service(), call.spec().operation(), failure.kind().name())
        .message(failure.summary())
        .status(failure.statusToHandOn())
        .delivery(delivery)
        .safeToResend(safe)
        .retryable(safe && failure.sameRouteHelps())
        .retryAfter(failure.retryAfter())
        .rayId(failure.rayId())
        .cloudflareCode(failure.cloudflareCode())
        .diagnosis(
            Diagnosis.of(
                failure.cause(), failure.fix(), resend(delivery, call.spec().repeatable(), reason)))
        .attempts(attempts)
        .build();
  }

  private static String resend(Delivery delivery, boolean repeatable, String reason) {
    if (delivery == Delivery.NOT_DELIVERED) {
      return "yes, " + reason;
    }
    return repeatable ? "yes, the call is repeatable (" + reason + ")" : "no, " + reason;
  }
}

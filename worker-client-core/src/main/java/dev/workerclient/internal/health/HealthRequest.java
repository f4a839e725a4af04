package dev.workerclient.internal.health;

import dev.workerclient.error.Delivery;
import dev.workerclient.error.Diagnosis;
import dev.workerclient.error.ServiceError;
import dev.workerclient.internal.call.Call;
import dev.workerclient.internal.call.CallPath;
import dev.workerclient.internal.call.FailureReport;
import dev.workerclient.internal.classify.Explanation;
import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.classify.Secrets;
import dev.workerclient.internal.classify.table.FailureKind;
import dev.workerclient.internal.http.CallSpec;
import dev.workerclient.internal.http.Outcome;
import dev.workerclient.internal.http.Transport;
import dev.workerclient.internal.route.Route;
import java.time.Duration;
import java.util.OptionalInt;
import okhttp3.Headers;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * One request by one route, past its breaker and without retries, and what came of it.
 *
 * @param latency from the request to the whole answer, or to the failure
 */
record HealthRequest(Call call, Outcome outcome, Duration latency) {

  /** Sends it on this thread; does not throw for what a remote can do. */
  static HealthRequest send(CallSpec spec, Route route, Transport transport) {
    Call call = Call.beside(spec);
    long start = System.nanoTime();
    Outcome outcome;
    try {
      outcome = CallPath.unguarded(route, transport).send(call);
    } catch (LinkageError | AssertionError e) {
      outcome = new Outcome.Failed(ofUserCode(e), 0);
    }
    return new HealthRequest(call, outcome, Duration.ofNanos(System.nanoTime() - start));
  }

  /** Of a credential's supplier or an interceptor: one route's error is no end of the others. */
  private static Failure ofUserCode(Error e) {
    return Failure.builder(
            FailureKind.WORKER_CALL, "code of the application threw " + e.getClass().getName())
        .diagnosis("a credential's supplier or an interceptor failed", "correct it")
        .delivery(Delivery.UNKNOWN, "it may have thrown after the request was written")
        .build();
  }

  /**
   * The same if a target was asked: a body that is too large to be read is an answer, and a limit
   * that was too short has its name.
   */
  HealthRequest ofTarget() {
    if (!(outcome instanceof Outcome.Failed failed)) {
      return this;
    }
    Failure failure = failed.failure();
    if (failure.kind() == FailureKind.WORKER_DECODING) {
      return new HealthRequest(call, answered(failed), latency);
    }
    boolean late =
        failure.kind() == FailureKind.WORKER_TIMEOUT
            && failure.delivery() != Delivery.NOT_DELIVERED;
    return late ? new HealthRequest(call, advised(failed), latency) : this;
  }

  private static Outcome answered(Outcome.Failed tooLarge) {
    return new Outcome.Answered(
        tooLarge.failure().status(),
        Headers.EMPTY,
        false,
        new Buffer(),
        null,
        Secrets.NONE,
        tooLarge.exchanges());
  }

  private static Outcome advised(Outcome.Failed late) {
    Failure failure =
        late.failure()
            .advising(
                "make the target's health path faster, or give it more time by healthTimeout and"
                    + " attemptTimeout");
    return new Outcome.Failed(failure, late.exchanges());
  }

  /** The status of the last response; empty if none came. */
  OptionalInt status() {
    int status =
        outcome instanceof Outcome.Answered answer
            ? answer.status()
            : ((Outcome.Failed) outcome).failure().status();
    return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
  }

  /** What went wrong, of a request that failed. */
  ServiceError error(Outcome.Failed failed) {
    return FailureReport.exception(call, failed.failure()).serviceError();
  }

  /** That the health path answered, but not 2xx; null if the answer will do. */
  @Nullable ServiceError unhealthy(HealthCheck.Service service, Outcome.Answered answer) {
    boolean success = answer.status() >= 200 && answer.status() < 300;
    if (success || service.healthPath() == null) {
      return null;
    }
    String path = service.path();
    Explanation more =
        Explanation.of(
            answer.status(),
            answer.headers(),
            answer.body().snapshot().toByteArray(),
            answer.proven());
    String cause = "the target itself says on its health path that it is not well";
    String fix =
        answer.status() == 404
            ? "correct healthPath(…) if the target has no " + path + "; else see the target's log"
            : "see the target's log";
    return ServiceError.builder(service.name(), "GET " + path, "WORKER_RESPONSE")
        .message("the target answered HTTP " + answer.status())
        .delivery(Delivery.DELIVERED)
        .safeToResend(true)
        .rayId(call.attempts().get(call.attempts().size() - 1).rayId())
        .diagnosis(
            more == null
                ? Diagnosis.of(cause, fix, "")
                : Diagnosis.of(
                    cause + "; " + more.cause(), fix + "; in that case " + more.fix(), ""))
        .attempts(call.attempts())
        .build();
  }
}

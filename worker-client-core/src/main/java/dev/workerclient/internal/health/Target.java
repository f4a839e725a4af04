package dev.workerclient.internal.health;

import dev.workerclient.error.Delivery;
import dev.workerclient.error.Diagnosis;
import dev.workerclient.error.ServiceError;
import dev.workerclient.health.BindingHealth;
import dev.workerclient.internal.call.Call;
import dev.workerclient.internal.call.CallPath;
import dev.workerclient.internal.call.CallPath.GuardedRoute;
import dev.workerclient.internal.call.FailureReport;
import dev.workerclient.internal.classify.Explanation;
import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.classify.Secrets;
import dev.workerclient.internal.classify.table.FailureKind;
import dev.workerclient.internal.http.CallSpec;
import dev.workerclient.internal.http.CallSpec.Limits;
import dev.workerclient.internal.http.Outcome;
import dev.workerclient.internal.http.Transport;
import dev.workerclient.internal.route.Route;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import okhttp3.Headers;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * A service that is asked for its health by a GET.
 *
 * @param healthPath the path that answers 2xx while it is healthy, or null if none was configured
 * @param chain its routes, in order
 * @param limits the limits of one request
 */
public record Target(
    String service, @Nullable String healthPath, List<GuardedRoute> chain, Limits limits) {
  /** More of an answer is not read: its status says how the service is. */
  private static final int LARGEST_ANSWER = 64 << 10;

  private static final String FASTER =
      "make the target's health path faster, or raise healthTimeout and attemptTimeout";

  /** Returns the service, with the shortest of these limits for each request. */
  public static Target of(
      String service,
      @Nullable String healthPath,
      List<GuardedRoute> chain,
      Limits calls,
      Duration healthTimeout) {
    Duration time = shorter(healthTimeout, shorter(calls.attemptTime(), calls.callTime()));
    Limits limits = new Limits(time, time, calls.readIdle(), LARGEST_ANSWER);
    return new Target(service, healthPath, chain, limits);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  /** The path that is asked; without a health path that is the root, and any answer will do. */
  String path() {
    return healthPath == null ? "/" : healthPath;
  }

  /**
   * Sends the GET on this thread; does not throw for what a remote can do.
   *
   * @param object the Durable Object to ask, as the binding proxy reads it, or null
   */
  Reply ask(Route route, @Nullable String object, Transport transport) {
    Reply reply = Reply.to(CallSpec.get(service, path(), object, limits), route, transport);
    if (!(reply.outcome instanceof Outcome.Failed failed)) {
      return reply;
    }
    Failure failure = failed.failure();
    if (failure.kind() == FailureKind.WORKER_DECODING) {
      return reply.with(answered(failed)); // A body that is too large to be read is an answer.
    }
    if (healthPath != null && reply.lacksFetch()) {
      return reply.with(
          advised(
              failed,
              "remove healthPath(…) from the service if its methods are called by RPC alone;"
                  + " otherwise "
                  + failure.fix()));
    }
    boolean late =
        failure.kind() == FailureKind.WORKER_TIMEOUT
            && failure.delivery() != Delivery.NOT_DELIVERED;
    return late ? reply.with(advised(failed, FASTER)) : reply;
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

  private static Outcome advised(Outcome.Failed failed, String fix) {
    return new Outcome.Failed(failed.failure().advising(fix), failed.exchanges());
  }

  /** Whether the target has no fetch, and none is expected of it: its methods are called by RPC. */
  boolean isCalledByRpcAlone(@Nullable BindingHealth binding, Reply reply) {
    return binding != null
        && binding.rpcCallable()
        && binding.isAsConfigured()
        && healthPath == null
        && reply.lacksFetch();
  }

  /** Returns why that reply means that the target is failing, or null if it is healthy. */
  @Nullable ServiceError error(Reply reply) {
    if (reply.outcome instanceof Outcome.Failed failed) {
      return reply.error(failed);
    }
    Outcome.Answered answer = (Outcome.Answered) reply.outcome;
    boolean success = answer.status() >= 200 && answer.status() < 300;
    return success || healthPath == null ? null : unhealthy(answer, reply.call);
  }

  /** A request that did not end within that limit, for a person. */
  ServiceError late(String limit) {
    return ServiceError.builder(service, "GET " + path(), FailureKind.WORKER_TIMEOUT.name())
        .message("the request did not end within " + limit + ", though it was told to")
        .status(FailureKind.WORKER_TIMEOUT.statusToHandOn())
        .diagnosis(
            Diagnosis.of(
                "something that can't be cancelled blocks it: a credential supplier, an"
                    + " interceptor, or the DNS lookup; or this machine is overloaded",
                "take a thread dump and see what the worker-client-health threads wait for",
                ""))
        .build();
  }

  private ServiceError unhealthy(Outcome.Answered answer, Call call) {
    Explanation more =
        Explanation.of(
            answer.status(),
            answer.headers(),
            answer.body().snapshot().toByteArray(),
            answer.proven());
    String cause = "the target reports on its health path that it is not healthy";
    String fix =
        answer.status() == 404
            ? "correct healthPath(…) if the target has no " + path() + "; else see the target's log"
            : "see the target's log";
    return ServiceError.builder(service, "GET " + path(), "WORKER_RESPONSE")
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

  /**
   * How one request ended that was sent beside users' calls: by one route, past its breaker and
   * without retries.
   *
   * @param latency from the request to the whole answer, or to the failure
   */
  record Reply(Call call, Outcome outcome, Duration latency) {

    /** Sends the request on this thread; does not throw for what a remote can do. */
    static Reply to(CallSpec spec, Route route, Transport transport) {
      Call call = Call.beside(spec);
      long start = System.nanoTime();
      Outcome outcome;
      try {
        outcome = CallPath.unguarded(route, transport).send(call);
      } catch (LinkageError | AssertionError e) {
        outcome = new Outcome.Failed(ofUserCode(e), 0); // The other routes are asked all the same.
      }
      return new Reply(call, outcome, Duration.ofNanos(System.nanoTime() - start));
    }

    private static Failure ofUserCode(Error e) {
      return Failure.builder(
              FailureKind.WORKER_CALL, "application code threw " + e.getClass().getName())
          .diagnosis("a credential supplier or an interceptor failed", "correct it")
          .delivery(
              Delivery.UNKNOWN,
              "the target may have run: the code may have thrown after the request was sent")
          .build();
    }

    private boolean lacksFetch() {
      return outcome instanceof Outcome.Failed failed
          && failed.failure().proxyCode().equals("NO_FETCH_HANDLER");
    }

    private Reply with(Outcome other) {
      return new Reply(call, other, latency);
    }

    /** The status of the last response; empty if none came. */
    OptionalInt status() {
      int status =
          outcome instanceof Outcome.Answered answer
              ? answer.status()
              : ((Outcome.Failed) outcome).failure().status();
      return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
    }

    ServiceError error(Outcome.Failed failed) {
      return FailureReport.exception(call, failed.failure()).serviceError();
    }
  }
}

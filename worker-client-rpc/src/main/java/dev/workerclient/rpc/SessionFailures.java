package dev.workerclient.rpc;

import dev.workerclient.error.Attempt;
import dev.workerclient.error.Delivery;
import dev.workerclient.error.Diagnosis;
import dev.workerclient.error.ServiceError;
import dev.workerclient.error.WorkerCallException;
import dev.workerclient.error.WorkerCancelledException;
import dev.workerclient.error.WorkerConnectionException;
import dev.workerclient.error.WorkerException;
import dev.workerclient.error.WorkerLimitException;
import dev.workerclient.error.WorkerTimeoutException;
import dev.workerclient.internal.classify.RemoteText;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The exceptions of one session's calls. Immutable. */
final class SessionFailures {
  private static final String NOT_SENT = "yes, nothing of the call was sent";

  /** What a Worker says at the end of a session repeats what it was sent. */
  private static final int LONGEST_REASON = 160;

  private final String service;
  private final SessionSocket.Opened opened;

  SessionFailures(String service, SessionSocket.Opened opened) {
    this.service = service;
    this.opened = opened;
  }

  /** Those of a call that was answered. */
  RpcFailures answered(RpcNode node) {
    return new RpcFailures(
        service,
        node.label(),
        node.isIdempotent(),
        "call",
        new RpcFailures.Source(opened.secrets()::hide, opened.route(), opened.rayId(), List.of()));
  }

  /** The answer did not come in time. */
  WorkerException timedOut(RpcNode node, Duration limit) {
    String what = "no answer within " + text(limit);
    return new WorkerTimeoutException(
        error(node, "WORKER_TIMEOUT", what, Delivery.UNKNOWN, limit)
            .status(504)
            .diagnosis(
                Diagnosis.of(
                    "the target is slow or hangs",
                    "raise callTimeout, or make the target faster",
                    resend(node, "the call was sent, and the method may run")))
            .build(),
        WorkerTimeoutException.Phase.CALL,
        null);
  }

  /** The call could not even be queued in time. */
  WorkerException noRoom(RpcNode node, Duration limit) {
    String what = "the session's send queue was full for " + text(limit);
    return new WorkerTimeoutException(
        error(node, "WORKER_TIMEOUT", what, Delivery.NOT_DELIVERED, limit)
            .status(504)
            .diagnosis(
                Diagnosis.of(
                    "the target reads more slowly than calls are made",
                    "make fewer or smaller calls at once",
                    NOT_SENT))
            .build(),
        WorkerTimeoutException.Phase.QUEUE,
        null);
  }

  /**
   * The binding proxy had no place for the call in time.
   *
   * @param usage what the session uses of it
   */
  WorkerException noPlace(RpcNode node, Duration limit, String usage) {
    String what =
        "the session had no place for a further call for " + text(limit) + " (" + usage + ")";
    return new WorkerTimeoutException(
        error(node, "WORKER_TIMEOUT", what, Delivery.NOT_DELIVERED, limit)
            .status(504)
            .retryable(true)
            .diagnosis(
                Diagnosis.of(
                    "the binding proxy limits what a session uses at the same time, and the calls"
                        + " in flight did not end",
                    "make fewer or smaller calls at once, or open another session; if the target"
                        + " hangs, find out why",
                    NOT_SENT))
            .build(),
        WorkerTimeoutException.Phase.QUEUE,
        null);
  }

  /** The binding proxy keeps as many results and objects as it may. */
  WorkerException keepsTooMuch(RpcNode node, SessionLimits limits) {
    return new WorkerLimitException(
        error(
                node,
                "WORKER_LIMIT",
                "the session has " + limits.exports() + " results that were not released",
                Delivery.NOT_DELIVERED,
                Duration.ZERO)
            .status(503)
            .diagnosis(
                Diagnosis.of(
                    "the binding proxy keeps no more results and objects of one session",
                    "close() objects, join() promises, or raise \"exports\" of the binding's"
                        + " sessions in BINDINGS",
                    NOT_SENT))
            .build(),
        null);
  }

  /** The caller was interrupted. */
  WorkerException interrupted(RpcNode node, Delivery delivery) {
    return new WorkerCancelledException(
        error(node, "WORKER_CANCELLED", "the call was cancelled", delivery, Duration.ZERO)
            .status(503)
            .diagnosis(
                Diagnosis.of(
                    "the application cancelled the call or interrupted its thread",
                    "",
                    delivery == Delivery.NOT_DELIVERED
                        ? NOT_SENT
                        : resend(node, "the call was sent, and the method may run")))
            .build(),
        null);
  }

  /** The session ended before the answer came. */
  WorkerException ended(RpcNode node, SessionEnd end, boolean neverRan) {
    Delivery delivery = neverRan ? Delivery.NOT_DELIVERED : Delivery.UNKNOWN;
    String how = RemoteText.clean(opened.secrets().hide(end.how()), LONGEST_REASON);
    Diagnosis diagnosis =
        Diagnosis.of(
            end.isByUser() ? "the application closed the session" : "the session broke",
            "open a new session by Rpc.session(…), and repeat what is safe to repeat",
            neverRan
                ? "yes, nothing of the call ran"
                : resend(node, "the call was sent, and the method may have run"));
    if (end.isByUser()) {
      return new WorkerCancelledException(
          error(node, "WORKER_CANCELLED", how, delivery, Duration.ZERO)
              .status(503)
              .diagnosis(diagnosis)
              .build(),
          null);
    }
    return new WorkerConnectionException(
        error(node, "WORKER_CONNECTION", how, delivery, Duration.ZERO)
            .retryable(neverRan || node.isIdempotent())
            .diagnosis(diagnosis)
            .build(),
        WorkerConnectionException.Phase.EXCHANGE,
        end.getCause());
  }

  /** Application code failed before the call was written, such as Jackson with an argument. */
  WorkerException threw(RpcNode node, Throwable thrown) {
    String what = "application code threw " + thrown.getClass().getName();
    return new WorkerCallException(
        error(node, "WORKER_CALL", what, Delivery.UNKNOWN, Duration.ZERO)
            .status(502)
            .diagnosis(
                Diagnosis.of(
                    "application code failed during the call",
                    "see the exception's cause",
                    resend(node, "the call may have been sent")))
            .build(),
        thrown);
  }

  /** An attempt that the Worker answered; all of them have the session's route. */
  Attempt.Builder attempt() {
    return Attempt.builder(opened.route()).rayId(opened.rayId()).delivery(Delivery.DELIVERED);
  }

  private ServiceError.Builder error(
      RpcNode node, String code, String what, Delivery delivery, Duration elapsed) {
    return ServiceError.builder(service, node.label(), code)
        .message(what)
        .delivery(delivery)
        .safeToResend(delivery == Delivery.NOT_DELIVERED || node.isIdempotent())
        .rayId(opened.rayId())
        .attempts(
            List.of(attempt().delivery(delivery).elapsed(elapsed).failure(code, what).build()));
  }

  private static String resend(RpcNode node, String why) {
    return node.isIdempotent() ? "yes, the method is @Idempotent and may run twice" : "no, " + why;
  }

  private static String text(Duration time) {
    return time.toMillis() + " ms";
  }

  String route() {
    return opened.route();
  }

  /** Hides what the session was opened with. */
  @Nullable String hide(@Nullable String text) {
    return opened.secrets().hideIn(text);
  }
}

package dev.workerclient.internal.http;

import dev.workerclient.error.Delivery;
import dev.workerclient.error.WorkerConnectionException;
import dev.workerclient.error.WorkerTimeoutException;
import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.classify.table.FailureKind;
import dev.workerclient.internal.classify.table.KnownError;
import dev.workerclient.internal.classify.table.NetworkErrors;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Names a failure of the transport, and says what its place in the exchange proves. */
public final class TransportFailure {
  private static final String NOT_OPEN = "no session was open, so that no method was called";

  private TransportFailure() {}

  static Failure of(
      IOException e,
      Wire wire,
      WorkerTimeoutException.@Nullable Phase fired,
      boolean cancelled,
      boolean answerProven,
      boolean bodySlow) {
    Failure.Builder failure;
    if (fired != null) {
      failure = timeout(fired, wire.exchanges() == 0);
      if (bodySlow) {
        failure
            .diagnosis(
                "reading the request's own body took at least half of that time",
                "read it into memory or a file first, or raise attemptTimeout and callTimeout")
            .concernsRoute(false);
      }
    } else if (cancelled || Thread.currentThread().isInterrupted()) {
      failure = cancelled();
    } else if (e instanceof AttemptBody.BodyException body) {
      failure =
          Failure.builder(FailureKind.WORKER_CALL, body.what())
              .diagnosis("application code failed during the call", body.fix());
    } else if (wire.exchanges() == 0) {
      failure = beforeWriting(e);
    } else {
      boolean refused = wasNeverProcessed(e, wire);
      failure =
          connection(
              refused ? NetworkErrors.REFUSED : NetworkErrors.BROKEN,
              WorkerConnectionException.Phase.EXCHANGE,
              "the connection broke");
      boolean stale = wasStale(wire);
      if (refused || stale) {
        failure.freshConnectionHelps();
      }
      if (stale) {
        failure.concernsRoute(false); // The server closes what is idle; the route may be fine.
      }
    }
    if (answerProven) {
      failure.delivery(Delivery.DELIVERED, "the target had begun to respond");
    } else if (wire.exchanges() == 0) {
      failure.delivery(Delivery.NOT_DELIVERED, "nothing of the request was sent");
    } else if (wasNeverProcessed(e, wire)) {
      failure.delivery(
          Delivery.NOT_DELIVERED, "the server refused the request without processing it");
    } else {
      failure.delivery(Delivery.UNKNOWN, "the request was under way, and the target may have run");
    }
    return failure.exception(presentable(e)).build();
  }

  /** OkHttp and okio quote what the remote sent in these types, an echoed query even. */
  private static IOException presentable(IOException e) {
    if (e instanceof ProtocolException) {
      return as(new ProtocolException("the response is not valid HTTP"), e);
    }
    return e instanceof EOFException ? as(new EOFException("the response ended early"), e) : e;
  }

  private static IOException as(IOException clean, IOException original) {
    clean.setStackTrace(original.getStackTrace());
    return clean;
  }

  /** A WebSocket that was not opened; nothing was called by it. */
  static Failure ofUpgrade(
      IOException e, WorkerTimeoutException.@Nullable Phase fired, boolean cancelled) {
    Failure.Builder failure;
    if (fired != null) {
      failure = timeout(fired, false);
    } else if (cancelled || Thread.currentThread().isInterrupted()) {
      failure = cancelled();
    } else if (e instanceof ProtocolException || e instanceof EOFException) {
      failure =
          connection(
              NetworkErrors.BROKEN,
              WorkerConnectionException.Phase.EXCHANGE,
              "the connection broke before the WebSocket was open");
    } else {
      failure = beforeWriting(e);
    }
    return failure.delivery(Delivery.NOT_DELIVERED, NOT_OPEN).exception(presentable(e)).build();
  }

  /** The target answered as if a WebSocket were a request. */
  static Failure notUpgraded(int status) {
    return Failure.builder(
            FailureKind.WORKER_CALL, "the target opened no WebSocket: it answered HTTP " + status)
        .diagnosis(
            "the target serves no Cap'n Web session at that path, or refused this one",
            "check rpcPath(…), the token, and that the target gives the request to"
                + " newWorkersRpcResponse")
        .delivery(Delivery.NOT_DELIVERED, NOT_OPEN)
        .response(status, null, null)
        .build();
  }

  /** A failure of an interceptor, or of another part that the user's OkHttpClient brought. */
  static Failure ofUserCode(Throwable thrown, Wire wire) {
    boolean written = wire.exchanges() > 0;
    Throwable e = UserCode.threw(thrown);
    Failure.Builder failure =
        e instanceof InterruptedException // OkHttp's own, while it waits for a connection.
            ? cancelled()
            : Failure.builder(
                    FailureKind.WORKER_CALL,
                    "an interceptor or another part of the OkHttpClient threw "
                        + e.getClass().getName())
                .diagnosis("application code failed during the call", "see the exception's cause");
    return failure
        .delivery(
            written ? Delivery.UNKNOWN : Delivery.NOT_DELIVERED,
            written
                ? "the request was under way, and the target may have run"
                : "nothing of the request was sent")
        .exception(e)
        .build();
  }

  static Failure tooLarge(int status, long limit, IOException e) {
    return Failure.builder(
            FailureKind.WORKER_DECODING, "the response body has more than " + limit + " bytes")
        .diagnosis(
            "a buffered body is limited to maxResponseBytes, counted after decompression",
            "use executeStreaming(), or raise maxResponseBytes")
        .delivery(Delivery.DELIVERED, "the target answered")
        .response(status, null, null)
        .exception(e)
        .build();
  }

  /** Too much framing around a body, or none. */
  static Failure endless(IOException e, String excess, boolean answerProven) {
    return connection(
            NetworkErrors.ENDLESS,
            WorkerConnectionException.Phase.EXCHANGE,
            "the server sent " + excess)
        .delivery(
            answerProven ? Delivery.DELIVERED : Delivery.UNKNOWN,
            answerProven
                ? "the target had begun to respond"
                : "a response had begun to arrive, and the target may have run")
        .exception(e)
        .build();
  }

  /** A streamed body that broke, or sent nothing for too long. */
  static Failure ofStream(IOException e, boolean idle, boolean cancelled, boolean answerProven) {
    String excess = NetworkBody.excess(e);
    if (excess != null) {
      return endless(e, excess, answerProven);
    }
    Failure.Builder failure;
    if (idle) {
      failure =
          Failure.builder(NetworkErrors.IDLE, "the streamed body sent nothing for readIdleTimeout")
              .phase(WorkerTimeoutException.Phase.READ_IDLE);
    } else if (cancelled) {
      failure = cancelled();
    } else {
      failure =
          connection(
              NetworkErrors.BODY_BROKEN,
              WorkerConnectionException.Phase.EXCHANGE,
              "the streamed body broke");
    }
    return failure
        .delivery(
            answerProven ? Delivery.DELIVERED : Delivery.UNKNOWN,
            answerProven
                ? "the target had begun to respond"
                : "a response had begun to arrive, and the target may have run")
        .exception(presentable(e))
        .build();
  }

  private static Failure.Builder timeout(WorkerTimeoutException.Phase fired, boolean unwritten) {
    boolean call = fired == WorkerTimeoutException.Phase.CALL;
    KnownError known =
        unwritten
            ? NetworkErrors.CONNECT_TIMEOUT
            : call ? NetworkErrors.CALL_SLOW : NetworkErrors.SLOW;
    return Failure.builder(
            known,
            (call ? "the call's time was up" : "no answer within attemptTimeout")
                + (unwritten ? ", before anything was sent" : ""))
        .phase(fired);
  }

  /** A call that the application stopped; its delivery is for the caller to say. */
  public static Failure.Builder cancelled() {
    return Failure.builder(FailureKind.WORKER_CANCELLED, "the call was cancelled")
        .diagnosis("the application cancelled the call or interrupted its thread", "");
  }

  private static Failure.Builder beforeWriting(IOException e) {
    if (e instanceof SocketTimeoutException) {
      return Failure.builder(NetworkErrors.CONNECT_TIMEOUT, "no connection within connectTimeout")
          .phase(WorkerTimeoutException.Phase.CONNECT);
    }
    if (e instanceof UnknownHostException) {
      return connection(
          NetworkErrors.DNS,
          WorkerConnectionException.Phase.DNS,
          "the host's name does not resolve");
    }
    if (e instanceof SSLException) {
      return connection(
          NetworkErrors.TLS, WorkerConnectionException.Phase.TLS, "the TLS handshake failed");
    }
    return connection(
        NetworkErrors.CONNECT, WorkerConnectionException.Phase.CONNECT, "no connection was made");
  }

  private static Failure.Builder connection(
      KnownError known, WorkerConnectionException.Phase phase, String what) {
    return Failure.builder(known, what).phase(phase);
  }

  /** A pooled connection that broke before any response: most often the server had closed it. */
  private static boolean wasStale(Wire wire) {
    return !wire.isNewConnection() && wire.exchanges() == 1 && !wire.responseSeen();
  }

  /**
   * The HTTP/2 stream was never begun, or refused unprocessed (RFC 9113, 8.7). OkHttp's types for
   * this are not exported by its module, so they are told by name.
   */
  private static boolean wasNeverProcessed(IOException e, Wire wire) {
    if (wire.responseSeen() || wire.exchanges() > 1) {
      return false;
    }
    String type = e.getClass().getName();
    return type.equals("okhttp3.internal.http2.ConnectionShutdownException")
        || (type.equals("okhttp3.internal.http2.StreamResetException")
            && "stream was reset: REFUSED_STREAM".equals(e.getMessage()));
  }
}

package dev.workerclient.internal.http;

import dev.workerclient.error.Delivery;
import dev.workerclient.error.WorkerConnectionException;
import dev.workerclient.error.WorkerTimeoutException;
import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.classify.FailureKind;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Names a failure of the transport, and says what its place in the exchange proves. */
public final class TransportFailure {
  private TransportFailure() {}

  static Failure of(
      IOException e,
      WireLog wire,
      WorkerTimeoutException.@Nullable Phase fired,
      boolean cancelled,
      boolean answerProven) {
    Failure.Builder failure;
    if (fired != null) {
      failure = timeout(fired, wire.exchanges() == 0);
    } else if (cancelled || Thread.currentThread().isInterrupted()) {
      failure = cancelled();
    } else if (e instanceof Payload.UnreadableException) {
      failure = ofUserCode("the request's body could not be read");
    } else if (wire.exchanges() == 0) {
      failure = beforeWriting(e);
    } else {
      failure = connection(WorkerConnectionException.Phase.EXCHANGE, "the connection broke");
      if (wasNeverProcessed(e, wire) || wasStale(wire)) {
        failure.freshConnectionHelps();
      }
    }
    if (answerProven) {
      failure.delivery(Delivery.DELIVERED, "the target had begun to answer");
    } else if (wire.exchanges() == 0) {
      failure.delivery(Delivery.NOT_DELIVERED, "nothing of the request was written");
    } else if (wasNeverProcessed(e, wire)) {
      failure.delivery(Delivery.NOT_DELIVERED, "the server refused the request unprocessed");
    } else {
      failure.delivery(Delivery.UNKNOWN, "the request was under way, and the target may have run");
    }
    return failure.exception(presentable(e)).build();
  }

  /** OkHttp quotes what the remote sent in this type, an echoed request with its query even. */
  private static IOException presentable(IOException e) {
    if (!(e instanceof ProtocolException)) {
      return e;
    }
    ProtocolException clean = new ProtocolException("the response is not valid HTTP");
    clean.setStackTrace(e.getStackTrace());
    return clean;
  }

  /** A failure of the user's own code that ran within the exchange. */
  static Failure ofUserCode(Exception e, WireLog wire) {
    boolean written = wire.exchanges() > 0;
    return ofUserCode("a body's supplier or an interceptor threw " + e.getClass().getName())
        .delivery(
            written ? Delivery.UNKNOWN : Delivery.NOT_DELIVERED,
            written ? "the request was under way" : "nothing of the request was written")
        .exception(e)
        .build();
  }

  private static Failure.Builder ofUserCode(String what) {
    return Failure.builder(FailureKind.WORKER_CALL, what)
        .diagnosis("code of the application failed within the call", "see the exception's cause");
  }

  static Failure tooLarge(long limit, IOException e) {
    return Failure.builder(
            FailureKind.WORKER_DECODING, "the answer's body has more than " + limit + " bytes")
        .diagnosis(
            "a buffered body may have maxResponseBytes at most, counted after decompression",
            "use executeStreaming(), or raise maxResponseBytes")
        .delivery(Delivery.DELIVERED, "the target answered")
        .exception(e)
        .build();
  }

  /** A streamed body that broke, or sent nothing for too long. */
  static Failure ofStream(IOException e, boolean idle, boolean cancelled, boolean answerProven) {
    Failure.Builder failure;
    if (idle) {
      failure =
          Failure.builder(
                  FailureKind.WORKER_TIMEOUT, "the streamed body sent nothing for readIdleTimeout")
              .diagnosis(
                  "the target stopped sending", "raise readIdleTimeout, or look at the target")
              .phase(WorkerTimeoutException.Phase.READ_IDLE);
    } else if (cancelled) {
      failure = cancelled();
    } else {
      failure = connection(WorkerConnectionException.Phase.EXCHANGE, "the streamed body broke");
    }
    return failure
        .delivery(
            answerProven ? Delivery.DELIVERED : Delivery.UNKNOWN,
            answerProven ? "the target had begun to answer" : "an answer had begun to arrive")
        .exception(presentable(e))
        .build();
  }

  private static Failure.Builder timeout(WorkerTimeoutException.Phase fired, boolean unwritten) {
    boolean call = fired == WorkerTimeoutException.Phase.CALL;
    return Failure.builder(
            FailureKind.WORKER_TIMEOUT,
            (call ? "the call's time was up" : "no answer within attemptTimeout")
                + (unwritten ? ", before anything was sent" : ""))
        .diagnosis(
            unwritten
                ? "the host did not take the connection in time"
                : "the target is slow or hangs",
            call
                ? "raise callTimeout, or make the target faster"
                : "raise attemptTimeout, or make the target faster")
        .phase(fired)
        .helps(true, true);
  }

  /** A call that the application stopped; its delivery is for the caller to say. */
  public static Failure.Builder cancelled() {
    return Failure.builder(FailureKind.WORKER_CANCELLED, "the call was cancelled")
        .diagnosis("the application cancelled the call or interrupted its thread", "");
  }

  private static Failure.Builder beforeWriting(IOException e) {
    if (e instanceof SocketTimeoutException) {
      return Failure.builder(FailureKind.WORKER_TIMEOUT, "no connection within connectTimeout")
          .diagnosis(
              "the host did not take the connection in time",
              "check the address and the network between; raise connectTimeout")
          .phase(WorkerTimeoutException.Phase.CONNECT)
          .helps(true, true);
    }
    if (e instanceof UnknownHostException) {
      return connection(WorkerConnectionException.Phase.DNS, "the host's name does not resolve");
    }
    if (e instanceof SSLException) {
      return connection(WorkerConnectionException.Phase.TLS, "the TLS handshake failed");
    }
    return connection(WorkerConnectionException.Phase.CONNECT, "no connection was made");
  }

  private static Failure.Builder connection(WorkerConnectionException.Phase phase, String what) {
    String fix =
        switch (phase) {
          case DNS -> "check the host name given to the client, and the resolver";
          case TLS ->
              "check the host's certificate; a new custom domain needs some minutes for one";
          case CONNECT -> "check the address given to the client, and the network between";
          case EXCHANGE -> "repeat a call that is safe to repeat";
        };
    return Failure.builder(FailureKind.WORKER_CONNECTION, what)
        .diagnosis("the network or the server failed", fix)
        .phase(phase)
        .helps(true, true);
  }

  /** A pooled connection that broke before any response: most often the server had closed it. */
  private static boolean wasStale(WireLog wire) {
    return wire.isReusedConnection() && wire.exchanges() == 1 && !wire.responseSeen();
  }

  /**
   * The HTTP/2 stream was never begun, or refused unprocessed (RFC 9113, 8.7). OkHttp's types for
   * this are not exported by its module, so they are told by name.
   */
  private static boolean wasNeverProcessed(IOException e, WireLog wire) {
    if (wire.responseSeen() || wire.exchanges() > 1) {
      return false;
    }
    String type = e.getClass().getName();
    return type.equals("okhttp3.internal.http2.ConnectionShutdownException")
        || (type.equals("okhttp3.internal.http2.StreamResetException")
            && "stream was reset: REFUSED_STREAM".equals(e.getMessage()));
  }
}

package dev.workerclient.internal.classify.table;

import static dev.workerclient.internal.classify.table.FailureKind.WORKER_CONNECTION;
import static dev.workerclient.internal.classify.table.FailureKind.WORKER_TIMEOUT;
import static dev.workerclient.internal.classify.table.KnownError.Actor.CALLER;
import static dev.workerclient.internal.classify.table.KnownError.Actor.WORKER_OWNER;
import static dev.workerclient.internal.classify.table.KnownError.Evidence.DOCUMENTED;
import static dev.workerclient.internal.classify.table.KnownError.OtherRoute.HELPS;
import static dev.workerclient.internal.classify.table.KnownError.Run.EXCLUDED;
import static dev.workerclient.internal.classify.table.KnownError.Run.POSSIBLE;
import static dev.workerclient.internal.classify.table.KnownError.SameRoute.NO;
import static dev.workerclient.internal.classify.table.KnownError.SameRoute.SOON;
import static dev.workerclient.internal.classify.table.KnownError.Scope.ROUTE;
import static dev.workerclient.internal.classify.table.KnownError.row;

import java.util.List;

/**
 * Failures in which no response came, or not all of it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9113.html#section-8.7">RFC 9113, 8.7</a>, for
 *     what proves that a request was not processed
 * @see <a
 *     href="https://developers.cloudflare.com/fundamentals/reference/connection-limits/">Cloudflare:
 *     connection limits</a>; the edge closes connections that were idle for 400 s
 */
public final class NetworkErrors {
  private NetworkErrors() {}

  public static final KnownError DNS =
      row("name does not resolve", WORKER_CONNECTION, 0, DOCUMENTED)
          .run(EXCLUDED)
          .resend(SOON, HELPS)
          .about(ROUTE, CALLER)
          .means(
              "the host's name does not resolve",
              "check the host name given to the client, and the resolver");

  public static final KnownError CONNECT =
      row("no connection", WORKER_CONNECTION, 0, DOCUMENTED)
          .run(EXCLUDED)
          .resend(SOON, HELPS)
          .about(ROUTE, CALLER)
          .means(
              "the host took no connection",
              "check the address given to the client, and the network between");

  public static final KnownError CONNECT_TIMEOUT =
      row("connect timeout", WORKER_TIMEOUT, 0, DOCUMENTED)
          .run(EXCLUDED)
          .resend(SOON, HELPS)
          .about(ROUTE, CALLER)
          .means(
              "the host did not take the connection in time",
              "check the address and the network between; raise connectTimeout");

  public static final KnownError TLS =
      row("TLS handshake", WORKER_CONNECTION, 0, DOCUMENTED)
          .run(EXCLUDED)
          .resend(SOON, HELPS)
          .about(ROUTE, CALLER)
          .means(
              "the TLS handshake failed",
              "check the host's certificate; a new custom domain needs some minutes for one");

  public static final KnownError REFUSED =
      row("HTTP/2 REFUSED_STREAM or GOAWAY", WORKER_CONNECTION, 0, DOCUMENTED)
          .run(EXCLUDED)
          .resend(SOON, HELPS)
          .about(ROUTE, CALLER)
          .means("the server refused the request unprocessed", "repeat the call");

  public static final KnownError BROKEN =
      row("connection broken while the request was under way", WORKER_CONNECTION, 0, DOCUMENTED)
          .run(POSSIBLE)
          .resend(SOON, HELPS)
          .about(ROUTE, CALLER)
          .means(
              "the network or the server broke the connection",
              "repeat a call that is safe to repeat");

  public static final KnownError BODY_BROKEN =
      row("connection broken within the response's body", WORKER_CONNECTION, 0, DOCUMENTED)
          .run(POSSIBLE)
          .resend(SOON, HELPS)
          .about(ROUTE, CALLER)
          .means(
              "the network or the server broke the connection within the answer",
              "repeat a call that is safe to repeat");

  public static final KnownError ENDLESS =
      row("framing without end", WORKER_CONNECTION, 0, DOCUMENTED)
          .run(POSSIBLE)
          .resend(NO, HELPS)
          .about(ROUTE, WORKER_OWNER)
          .means(
              "the server sends chunk sizes, compression headers or HTTP/2 frames without end",
              "look at the server that answers on this route");

  public static final KnownError SLOW =
      row("no answer in time", WORKER_TIMEOUT, 0, DOCUMENTED)
          .run(POSSIBLE)
          .resend(SOON, HELPS)
          .about(ROUTE, WORKER_OWNER)
          .means("the target is slow or hangs", "raise attemptTimeout, or make the target faster");

  public static final KnownError CALL_SLOW =
      row("the call's time is up", WORKER_TIMEOUT, 0, DOCUMENTED)
          .run(POSSIBLE)
          .resend(SOON, HELPS)
          .about(ROUTE, WORKER_OWNER)
          .means("the target is slow or hangs", "raise callTimeout, or make the target faster");

  public static final KnownError IDLE =
      row("streamed body sends nothing", WORKER_TIMEOUT, 0, DOCUMENTED)
          .run(POSSIBLE)
          .resend(NO, HELPS)
          .about(ROUTE, WORKER_OWNER)
          .means("the target stopped sending", "raise readIdleTimeout, or look at the target");

  static final List<KnownError> ROWS =
      List.of(
          DNS,
          CONNECT,
          CONNECT_TIMEOUT,
          TLS,
          REFUSED,
          BROKEN,
          BODY_BROKEN,
          ENDLESS,
          SLOW,
          CALL_SLOW,
          IDLE);
}

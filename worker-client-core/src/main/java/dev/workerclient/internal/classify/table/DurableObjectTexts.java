package dev.workerclient.internal.classify.table;

import static dev.workerclient.internal.classify.table.FailureKind.RATE_LIMITED;
import static dev.workerclient.internal.classify.table.FailureKind.WORKER_CALL;
import static dev.workerclient.internal.classify.table.KnownError.Actor.ACCOUNT_OWNER;
import static dev.workerclient.internal.classify.table.KnownError.Actor.CLOUDFLARE;
import static dev.workerclient.internal.classify.table.KnownError.Actor.WORKER_OWNER;
import static dev.workerclient.internal.classify.table.KnownError.Evidence.DOCUMENTED;
import static dev.workerclient.internal.classify.table.KnownError.Evidence.OBSERVED;
import static dev.workerclient.internal.classify.table.KnownError.OtherRoute.FAILS_TOO;
import static dev.workerclient.internal.classify.table.KnownError.SameRoute.NO;
import static dev.workerclient.internal.classify.table.KnownError.SameRoute.SOON;
import static dev.workerclient.internal.classify.table.KnownError.Scope.ACCOUNT;
import static dev.workerclient.internal.classify.table.KnownError.Scope.REQUEST;
import static dev.workerclient.internal.classify.table.KnownError.row;

import dev.workerclient.internal.classify.table.KnownError.Evidence;
import java.util.List;

/**
 * The {@link RuntimeTexts} about Durable Objects.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/durable-objects/observability/troubleshooting/">Durable
 *     Objects: troubleshooting</a>
 */
final class DurableObjectTexts {
  private DurableObjectTexts() {}

  static final List<KnownError> FAILURES =
      List.of(
          overloaded("Durable Object is overloaded."),
          overloaded("Durable Object is overloaded. Too many requests queued."),
          overloaded("Durable Object is overloaded. Too much data queued."),
          overloaded("Durable Object is overloaded. Requests queued for too long."),
          overloaded(
              "Durable Object is overloaded. Too many requests for the same object within a 10"
                  + " second window."));

  static final List<KnownError> HINTS =
      List.of(
          row("Durable Object reset because its code was updated.", WORKER_CALL, 0, DOCUMENTED)
              .resend(SOON, FAILS_TOO)
              .about(REQUEST, WORKER_OWNER)
              .means("a deploy reset the Durable Object", "repeat a call that is safe to repeat"),
          row(
                  "Durable Object storage operation exceeded timeout which caused object to be"
                      + " reset.",
                  WORKER_CALL,
                  0,
                  DOCUMENTED)
              .resend(SOON, FAILS_TOO)
              .about(REQUEST, WORKER_OWNER)
              .means(
                  "the Durable Object's storage was too slow, and the object was reset",
                  "write less at once; repeat a call that is safe to repeat"),
          row(
                  "Internal error in Durable Object storage…caused object to be reset…",
                  WORKER_CALL,
                  0,
                  OBSERVED)
              .resend(SOON, FAILS_TOO)
              .about(REQUEST, CLOUDFLARE)
              .means(
                  "the Durable Object's storage failed, and the object was reset",
                  "repeat a call that is safe to repeat; give Cloudflare support the reference"),
          row(
                  "Durable Object's isolate exceeded its memory limit and was reset.",
                  WORKER_CALL,
                  0,
                  OBSERVED)
              .resend(NO, FAILS_TOO)
              .about(REQUEST, WORKER_OWNER)
              .means(
                  "the Durable Object, or others in the same isolate, used more than 128 MB, and"
                      + " all of them were reset",
                  "keep less in memory, or spread the data over more objects; it is likely to"
                      + " happen again"),
          row(
                  "Durable Object's isolate exceeded its memory limit due to overflowing the"
                      + " storage cache.…",
                  WORKER_CALL,
                  0,
                  OBSERVED)
              .resend(NO, FAILS_TOO)
              .about(REQUEST, WORKER_OWNER)
              .means(
                  "the Durable Object wrote or read too many values at once, and was reset",
                  "wait for writes to complete, and read fewer values in one operation"),
          row("Durable Object exceeded its CPU time limit and was reset.", WORKER_CALL, 0, OBSERVED)
              .resend(NO, FAILS_TOO)
              .about(REQUEST, WORKER_OWNER)
              .means(
                  "the Durable Object exceeded its CPU time and was reset",
                  "raise limits.cpu_ms, or make the object do less in one request"),
          notActive(
              "Connection closed: this Durable Object instance is no longer active. Reconnect or"
                  + " retry the request.",
              DOCUMENTED),
          notActive("Durable Object connection closed because the object was reset.", DOCUMENTED),
          notActive(
              "The Durable Object's code has been updated, this version can no longer access"
                  + " storage.",
              OBSERVED),
          notActive(
              "cannot access storage because object has moved to a different machine", OBSERVED),
          notActive(
              "Cannot resolve Durable Object due to transient issue on remote node.", OBSERVED),
          row(
                  "Your account is doing too many concurrent storage operations. Please back off"
                      + " and try again later.",
                  WORKER_CALL,
                  0,
                  DOCUMENTED)
              .resend(SOON, FAILS_TOO)
              .about(ACCOUNT, ACCOUNT_OWNER)
              .means(
                  "the account's Durable Objects make too many concurrent storage operations",
                  "wait, and read several keys in one operation"),
          row(
                  "Your account is generating too much load on Durable Objects. Please back off and"
                      + " try again later.",
                  WORKER_CALL,
                  0,
                  DOCUMENTED)
              .resend(SOON, FAILS_TOO)
              .about(ACCOUNT, ACCOUNT_OWNER)
              .means(
                  "the account looks up Durable Objects too often",
                  "wait, and look up fewer objects"));

  private static KnownError notActive(String text, Evidence evidence) {
    return row(text, WORKER_CALL, 0, evidence)
        .resend(SOON, FAILS_TOO)
        .about(REQUEST, CLOUDFLARE)
        .means(
            "the Durable Object instance was shut down or moved; the next request reaches a new"
                + " one",
            "repeat a call that is safe to repeat, with a new stub");
  }

  private static KnownError overloaded(String text) {
    return row(text, RATE_LIMITED, 0, DOCUMENTED)
        .resend(NO, FAILS_TOO)
        .about(REQUEST, WORKER_OWNER)
        .means("the Durable Object has too many requests queued", ProxyCodes.SPREAD_THE_LOAD);
  }
}

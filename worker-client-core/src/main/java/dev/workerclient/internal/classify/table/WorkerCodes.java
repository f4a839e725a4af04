package dev.workerclient.internal.classify.table;

import static dev.workerclient.internal.classify.table.FailureKind.CLOUDFLARE_ERROR;
import static dev.workerclient.internal.classify.table.FailureKind.ERROR_1042;
import static dev.workerclient.internal.classify.table.FailureKind.WORKER_LIMIT;
import static dev.workerclient.internal.classify.table.FailureKind.WORKER_NOT_FOUND;
import static dev.workerclient.internal.classify.table.FailureKind.WORKER_THREW;
import static dev.workerclient.internal.classify.table.KnownError.Actor.ACCOUNT_OWNER;
import static dev.workerclient.internal.classify.table.KnownError.Actor.CLOUDFLARE;
import static dev.workerclient.internal.classify.table.KnownError.Actor.WORKER_OWNER;
import static dev.workerclient.internal.classify.table.KnownError.Actor.ZONE_OWNER;
import static dev.workerclient.internal.classify.table.KnownError.Evidence.DOCUMENTED;
import static dev.workerclient.internal.classify.table.KnownError.Evidence.INFERRED;
import static dev.workerclient.internal.classify.table.KnownError.Evidence.OBSERVED;
import static dev.workerclient.internal.classify.table.KnownError.OtherRoute.FAILS_TOO;
import static dev.workerclient.internal.classify.table.KnownError.OtherRoute.HELPS;
import static dev.workerclient.internal.classify.table.KnownError.Run.CERTAIN;
import static dev.workerclient.internal.classify.table.KnownError.Run.EXCLUDED;
import static dev.workerclient.internal.classify.table.KnownError.SameRoute.LATER;
import static dev.workerclient.internal.classify.table.KnownError.SameRoute.NO;
import static dev.workerclient.internal.classify.table.KnownError.SameRoute.SOON;
import static dev.workerclient.internal.classify.table.KnownError.Scope.ACCOUNT;
import static dev.workerclient.internal.classify.table.KnownError.Scope.PATH;
import static dev.workerclient.internal.classify.table.KnownError.Scope.REQUEST;
import static dev.workerclient.internal.classify.table.KnownError.Scope.ROUTE;
import static dev.workerclient.internal.classify.table.KnownError.row;

import java.util.List;

/**
 * Codes about Workers themselves: their routing, their limits, their code.
 *
 * @see <a href="https://developers.cloudflare.com/workers/observability/errors/">Workers: errors
 *     and exceptions</a>
 * @see <a href="https://developers.cloudflare.com/workers/platform/limits/">Workers: limits</a>
 */
final class WorkerCodes {
  private WorkerCodes() {}

  /** A code that nobody has listed yet. */
  static final KnownError UNLISTED =
      row("any other", CLOUDFLARE_ERROR, 0, INFERRED)
          .about(REQUEST, CLOUDFLARE)
          .means(
              "Cloudflare answered instead of the Worker",
              "look up the code in Cloudflare's documentation; give support the ray ID");

  static final KnownError THROWN_IN_WRANGLER_DEV =
      row("the stack or error page of wrangler dev", WORKER_THREW, 500, OBSERVED)
          .run(CERTAIN)
          .resend(NO, FAILS_TOO)
          .about(REQUEST, WORKER_OWNER)
          .means(
              "the Worker threw an uncaught exception; when deployed, it would return error 1101",
              "see the output of wrangler dev, and fix the Worker's code");

  static final List<KnownError> ROWS =
      List.of(
          THROWN_IN_WRANGLER_DEV,
          row(1019, CLOUDFLARE_ERROR, 0, DOCUMENTED)
              .about(PATH, WORKER_OWNER)
              .means(
                  "Workers called each other more than 16 times in a row",
                  "remove the loop, or bind the Worker directly"),
          row(1021, CLOUDFLARE_ERROR, 0, DOCUMENTED)
              .run(CERTAIN)
              .resend(NO, FAILS_TOO)
              .about(PATH, WORKER_OWNER)
              .means(
                  "the Worker fetched a host that it must not access",
                  "fix the URL that the Worker fetches"),
          row(1022, CLOUDFLARE_ERROR, 0, INFERRED)
              .run(EXCLUDED)
              .resend(SOON, HELPS)
              .about(ROUTE, CLOUDFLARE)
              .means(
                  "Cloudflare failed to route the request to the Worker",
                  "try again; see Cloudflare's status page"),
          row(1024, CLOUDFLARE_ERROR, 0, DOCUMENTED)
              .run(CERTAIN)
              .resend(NO, FAILS_TOO)
              .about(PATH, WORKER_OWNER)
              .means(
                  "the Worker fetched a Cloudflare address by its IP",
                  "let the Worker fetch the host by its name"),
          row(1025, WORKER_LIMIT, 0, DOCUMENTED)
              .run(EXCLUDED)
              .resend(NO, FAILS_TOO)
              .about(ACCOUNT, ACCOUNT_OWNER)
              .means(
                  "the account reached the request limit of its Workers plan",
                  "wait for the reset, or move to the paid plan"),
          row(1027, WORKER_LIMIT, 429, DOCUMENTED)
              .run(EXCLUDED)
              .provenOnProxy()
              .resend(NO, FAILS_TOO)
              .about(ACCOUNT, ACCOUNT_OWNER)
              .means(
                  "the account used up the free plan's daily requests (reset at 00:00 UTC)",
                  "wait for the reset, or move to the paid plan"),
          row(1042, ERROR_1042, 404, DOCUMENTED)
              .run(EXCLUDED)
              .provenOnProxy()
              .resend(LATER, HELPS)
              .about(ROUTE, WORKER_OWNER)
              .means(
                  "no Worker serves this workers.dev host (route disabled, not deployed, or still"
                      + " propagating), or a Worker fetched another one of its own account",
                  "enable the workers.dev route, give the Worker a custom domain, or call it"
                      + " through the binding proxy; a Worker that fetches another one of its"
                      + " account needs a service binding, or global_fetch_strictly_public"),
          row(1100, CLOUDFLARE_ERROR, 0, DOCUMENTED)
              .resend(SOON, HELPS)
              .about(ROUTE, CLOUDFLARE)
              .means("the Workers runtime itself failed", "see Cloudflare's status page"),
          row(1101, WORKER_THREW, 500, DOCUMENTED)
              .run(CERTAIN)
              .resend(NO, FAILS_TOO)
              .about(REQUEST, WORKER_OWNER)
              .means(
                  "the Worker threw an exception, returned no Response, or would never answer",
                  "read the Worker's logs (wrangler tail) for this ray ID and fix its code"),
          row(1102, WORKER_LIMIT, 503, DOCUMENTED)
              .resend(SOON, FAILS_TOO)
              .about(REQUEST, WORKER_OWNER)
              .means(
                  "the Worker exceeded its CPU time or memory and was ended",
                  "raise limits.cpu_ms, or make the Worker do less in one request"),
          row(1103, CLOUDFLARE_ERROR, 0, DOCUMENTED)
              .run(EXCLUDED)
              .resend(NO, FAILS_TOO)
              .about(ACCOUNT, ACCOUNT_OWNER)
              .means("Cloudflare blocked the account's Workers", "contact Cloudflare support"),
          row(1104, WORKER_NOT_FOUND, 500, DOCUMENTED)
              .run(EXCLUDED)
              .provenOnProxy()
              .resend(SOON, HELPS)
              .about(ROUTE, WORKER_OWNER)
              .means(
                  "the Worker of this host was not found (deleted, or a new deployment is still"
                      + " propagating)",
                  "deploy the Worker, or wait a minute after a deployment"),
          row(1105, CLOUDFLARE_ERROR, 503, OBSERVED)
              .resend(SOON, HELPS)
              .about(ROUTE, CLOUDFLARE)
              .handOn(503)
              .means(
                  "the Worker is temporarily unavailable, or configured wrongly",
                  "try again; see Cloudflare's status page"),
          snippet(1201),
          snippet(1202),
          snippet(1203),
          snippet(1204),
          row(1205, CLOUDFLARE_ERROR, 0, INFERRED)
              .resend(SOON, HELPS)
              .about(PATH, ZONE_OWNER)
              .means("a Snippet of the zone redirected too often", "correct the Snippet"),
          snippet(1206),
          UNLISTED);

  private static KnownError snippet(int code) {
    return row(code, CLOUDFLARE_ERROR, 0, INFERRED)
        .about(PATH, ZONE_OWNER)
        .means("a Snippet of the zone is configured wrongly", "correct the Snippet");
  }
}

package dev.workerclient.internal.classify.table;

import static dev.workerclient.internal.classify.table.FailureKind.BINDING_NOT_CALLABLE;
import static dev.workerclient.internal.classify.table.FailureKind.DISPATCH_MISMATCH;
import static dev.workerclient.internal.classify.table.FailureKind.WORKER_CALL;
import static dev.workerclient.internal.classify.table.FailureKind.WORKER_CONNECTION;
import static dev.workerclient.internal.classify.table.FailureKind.WORKER_LIMIT;
import static dev.workerclient.internal.classify.table.FailureKind.WORKER_NOT_FOUND;
import static dev.workerclient.internal.classify.table.FailureKind.WORKER_THREW;
import static dev.workerclient.internal.classify.table.KnownError.Actor.CALLER;
import static dev.workerclient.internal.classify.table.KnownError.Actor.CLOUDFLARE;
import static dev.workerclient.internal.classify.table.KnownError.Actor.WORKER_OWNER;
import static dev.workerclient.internal.classify.table.KnownError.Evidence.DOCUMENTED;
import static dev.workerclient.internal.classify.table.KnownError.Evidence.OBSERVED;
import static dev.workerclient.internal.classify.table.KnownError.OtherRoute.FAILS_TOO;
import static dev.workerclient.internal.classify.table.KnownError.OtherRoute.HELPS;
import static dev.workerclient.internal.classify.table.KnownError.SameRoute.LATER;
import static dev.workerclient.internal.classify.table.KnownError.SameRoute.NO;
import static dev.workerclient.internal.classify.table.KnownError.SameRoute.SOON;
import static dev.workerclient.internal.classify.table.KnownError.Scope.PATH;
import static dev.workerclient.internal.classify.table.KnownError.Scope.REQUEST;
import static dev.workerclient.internal.classify.table.KnownError.Scope.ROUTE;
import static dev.workerclient.internal.classify.table.KnownError.row;

import java.util.List;
import java.util.stream.Stream;

/**
 * Messages that the Workers runtime gives a Worker whose call failed, and that the user's gateway
 * may pass on. A message proves nothing about delivery: any Worker can send it. Messages that an
 * application's own response may contain too have no exception of their own: they stay answers, and
 * the row explains them to people. In an id "…" stands for any text.
 *
 * @see <a href="https://github.com/cloudflare/workerd">workerd</a>, whose versions 2026-04-26 and
 *     2026-11-17 were measured
 */
final class RuntimeTexts {
  private RuntimeTexts() {}

  private static final List<KnownError> OWN_FAILURES =
      List.of(
          row(
                  "Callback returned incorrect type; expected 'Promise'",
                  DISPATCH_MISMATCH,
                  0,
                  OBSERVED)
              .about(PATH, WORKER_OWNER)
              .means(
                  "the target's fetch ran and returned neither a Response nor a Promise of one",
                  ProxyCodes.RETURN_A_RESPONSE),
          row(
                  "Incorrect type for Promise: the Promise did not resolve to 'Response'.",
                  DISPATCH_MISMATCH,
                  0,
                  OBSERVED)
              .about(PATH, WORKER_OWNER)
              .means(
                  "the target's fetch ran, and its Promise did not resolve to a Response",
                  ProxyCodes.RETURN_A_RESPONSE),
          row(
                  "Return value from serve handler must not be an error response (like"
                      + " Response.error())",
                  DISPATCH_MISMATCH,
                  0,
                  OBSERVED)
              .about(PATH, WORKER_OWNER)
              .means(
                  "the target's fetch ran and returned Response.error()",
                  ProxyCodes.RETURN_A_RESPONSE),
          row("Handler does not export a fetch() function.", BINDING_NOT_CALLABLE, 0, OBSERVED)
              .about(ROUTE, WORKER_OWNER)
              .means("the target's entrypoint exports no fetch handler", ProxyCodes.EXPORT_FETCH),
          hung(
              "The Workers runtime canceled this request because it detected that your Worker's"
                  + " code had hung and would never generate a response."),
          hung(
              "The Workers runtime canceled this request because it detected that your Worker's"
                  + " code had hung and would never generate a response. Refer to: …"),
          hung("The script will never generate a response"),
          hung("The script will never generate a response."),
          row("Too many subrequests by single Worker invocation.", WORKER_LIMIT, 0, DOCUMENTED)
              .resend(NO, FAILS_TOO)
              .about(REQUEST, WORKER_OWNER)
              .means(
                  "one run of the Worker made more subrequests than its plan allows",
                  "make fewer subrequests in one request, or move to the paid plan"),
          row(
                  "Subrequest depth limit exceeded. This request recursed through Workers too many"
                      + " times…",
                  WORKER_LIMIT,
                  0,
                  OBSERVED)
              .about(PATH, WORKER_OWNER)
              .means(
                  "the chain of Workers that called each other is too long",
                  "remove the loop, or shorten the chain"),
          row("Worker exceeded CPU time limit.", WORKER_LIMIT, 0, OBSERVED)
              .resend(SOON, FAILS_TOO)
              .about(REQUEST, WORKER_OWNER)
              .means(
                  "the Worker exceeded its CPU time and was ended",
                  "raise limits.cpu_ms, or make the Worker do less in one request"),
          outOfMemory("Worker exceeded memory limit."),
          outOfMemory("Worker has exceeded memory limit."),
          row("Memory limit would be exceeded before EOF.", WORKER_LIMIT, 0, DOCUMENTED)
              .resend(NO, FAILS_TOO)
              .about(REQUEST, WORKER_OWNER)
              .means("the Worker buffered more than 128 MB", "stream the body through the Worker"),
          notRunningLocally("Worker \"…\" not found. Make sure it is running locally."),
          notRunningLocally(
              "Cannot access \"…\" as we couldn't find a local dev session for the \"…\" entrypoint"
                  + " of service \"…\" to proxy to.…"),
          notRunningLocally(
              "Couldn't find a local dev session for the \"…\" entrypoint of service \"…\" to proxy"
                  + " to"));

  private static final List<KnownError> OWN_HINTS =
      List.of(
          row("Worker not found.", WORKER_NOT_FOUND, 0, OBSERVED)
              .resend(LATER, HELPS)
              .about(ROUTE, WORKER_OWNER)
              .means(
                  "the Worker behind a binding or a dispatch namespace does not exist",
                  "deploy it, or wait a minute after a deploy"),
          row("Network connection lost.", WORKER_CONNECTION, 0, DOCUMENTED)
              .resend(SOON, HELPS)
              .about(ROUTE, CLOUDFLARE)
              .means(
                  "the Worker lost its connection to what it called",
                  "repeat a call that is safe to repeat"),
          row("internal error; reference = …", WORKER_CALL, 0, OBSERVED)
              .resend(SOON, HELPS)
              .about(REQUEST, CLOUDFLARE)
              .means("the runtime failed internally", "give Cloudflare support the reference"),
          row("The RPC receiver does not implement the method …", WORKER_CALL, 0, OBSERVED)
              .resend(NO, FAILS_TOO)
              .about(PATH, WORKER_OWNER)
              .means(
                  "the target has no such RPC method, perhaps in this version",
                  "deploy the target before its callers"),
          row("Could not serialize object of type …", WORKER_CALL, 0, OBSERVED)
              .resend(NO, FAILS_TOO)
              .about(PATH, WORKER_OWNER)
              .means(
                  "an argument or the result of an RPC method is not plain data",
                  "pass and return only data"),
          row("daemonDown", WORKER_CALL, 0, DOCUMENTED)
              .resend(SOON, HELPS)
              .about(ROUTE, CLOUDFLARE)
              .means(
                  "the runtime could not start the Worker",
                  "repeat a call that is safe to repeat"));

  static final List<KnownError> FAILURES = both(OWN_FAILURES, DurableObjectTexts.FAILURES);

  static final List<KnownError> HINTS = both(OWN_HINTS, DurableObjectTexts.HINTS);

  private static List<KnownError> both(List<KnownError> some, List<KnownError> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }

  private static KnownError hung(String text) {
    return row(text, WORKER_THREW, 0, OBSERVED)
        .resend(SOON, HELPS)
        .about(REQUEST, WORKER_OWNER)
        .means(ProxyCodes.HUNG, ProxyCodes.LOOK_FOR_A_PROMISE);
  }

  private static KnownError outOfMemory(String text) {
    return row(text, WORKER_LIMIT, 0, OBSERVED)
        .resend(SOON, FAILS_TOO)
        .about(REQUEST, WORKER_OWNER)
        .means(
            "the Worker used more than 128 MB and was ended",
            "stream large bodies through the Worker, or make it hold less in memory");
  }

  private static KnownError notRunningLocally(String text) {
    return row(text, WORKER_NOT_FOUND, 503, OBSERVED)
        .about(ROUTE, CALLER)
        .means(
            "wrangler dev knows the target's name, but no local session runs it",
            ProxyCodes.START_THE_TARGET);
  }
}

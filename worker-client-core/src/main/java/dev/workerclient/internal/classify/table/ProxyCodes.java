package dev.workerclient.internal.classify.table;

import static dev.workerclient.internal.classify.table.FailureKind.ACCESS_DENIED;
import static dev.workerclient.internal.classify.table.FailureKind.BINDING_NOT_CALLABLE;
import static dev.workerclient.internal.classify.table.FailureKind.BINDING_NOT_FOUND;
import static dev.workerclient.internal.classify.table.FailureKind.BINDING_PROXY;
import static dev.workerclient.internal.classify.table.FailureKind.DISPATCH_MISMATCH;
import static dev.workerclient.internal.classify.table.FailureKind.RATE_LIMITED;
import static dev.workerclient.internal.classify.table.FailureKind.WORKER_LIMIT;
import static dev.workerclient.internal.classify.table.FailureKind.WORKER_NOT_FOUND;
import static dev.workerclient.internal.classify.table.FailureKind.WORKER_THREW;
import static dev.workerclient.internal.classify.table.FailureKind.WORKER_TIMEOUT;
import static dev.workerclient.internal.classify.table.KnownError.Actor.CALLER;
import static dev.workerclient.internal.classify.table.KnownError.Actor.CLOUDFLARE;
import static dev.workerclient.internal.classify.table.KnownError.Actor.PROXY_OWNER;
import static dev.workerclient.internal.classify.table.KnownError.Actor.WORKER_OWNER;
import static dev.workerclient.internal.classify.table.KnownError.Evidence.DOCUMENTED;
import static dev.workerclient.internal.classify.table.KnownError.OtherRoute.FAILS_TOO;
import static dev.workerclient.internal.classify.table.KnownError.OtherRoute.HELPS;
import static dev.workerclient.internal.classify.table.KnownError.Run.CERTAIN;
import static dev.workerclient.internal.classify.table.KnownError.SameRoute.NO;
import static dev.workerclient.internal.classify.table.KnownError.SameRoute.SOON;
import static dev.workerclient.internal.classify.table.KnownError.Scope.PATH;
import static dev.workerclient.internal.classify.table.KnownError.Scope.REQUEST;
import static dev.workerclient.internal.classify.table.KnownError.Scope.ROUTE;
import static dev.workerclient.internal.classify.table.KnownError.row;

import java.util.List;

/**
 * The binding proxy's own codes. What is known of delivery comes from its outcome, not from here:
 * {@code not-dispatched} proves that nothing ran, and after {@code dispatch-threw} only a certain
 * run is told apart.
 */
final class ProxyCodes {
  private ProxyCodes() {}

  static final String RETURN_A_RESPONSE =
      "return a Response on every code path of the target's fetch (a missing return is the usual"
          + " cause); exporting Durable Objects was reported as a cause and not reproduced";
  static final String HUNG =
      "the runtime cancelled the target, because it would never have answered";
  static final String LOOK_FOR_A_PROMISE = "look for a promise in the target that is never settled";
  static final String EXPORT_FETCH =
      "export a default object or class with fetch, or name another entrypoint in the binding";
  static final String START_THE_TARGET =
      "run npx wrangler dev in the target's folder, or start both in one session: npx wrangler dev"
          + " -c wrangler.jsonc -c ../target/wrangler.jsonc";
  static final String SPREAD_THE_LOAD =
      "send fewer requests to this object, or spread them over several";

  /** A code of a proxy newer than this client. */
  static final KnownError UNLISTED =
      row("any other", BINDING_PROXY, 0, DOCUMENTED)
          .resend(NO, HELPS)
          .about(ROUTE, PROXY_OWNER)
          .means(
              "the binding proxy reports a code that this version does not know",
              "use the same version of the client and the proxy");

  static final List<KnownError> ROWS =
      List.of(
          row("UNAUTHORIZED", ACCESS_DENIED, 0, DOCUMENTED)
              .resend(NO, HELPS)
              .about(ROUTE, CALLER)
              .misconfigured()
              .means(
                  "the proxy does not know this token",
                  "set the same value as the proxy's PROXY_TOKEN or PROXY_TOKEN_NEXT secret"),
          row("FORBIDDEN", ACCESS_DENIED, 0, DOCUMENTED)
              .resend(NO, HELPS)
              .about(PATH, PROXY_OWNER)
              .means(
                  "the token's scope, or the binding's entry in the proxy's BINDINGS, does not"
                      + " allow this call",
                  "allow it in TOKEN_SCOPES or BINDINGS, as the message says, and deploy the"
                      + " proxy"),
          row("BINDING_NOT_ALLOWED", ACCESS_DENIED, 0, DOCUMENTED)
              .resend(NO, HELPS)
              .about(ROUTE, PROXY_OWNER)
              .means(
                  "the proxy does not list this binding",
                  "add it to BINDINGS in the proxy's wrangler.jsonc and deploy the proxy"),
          row("METHOD_NOT_ALLOWED", ACCESS_DENIED, 0, DOCUMENTED)
              .resend(NO, HELPS)
              .about(REQUEST, CALLER)
              .means(
                  "the proxy does not forward this method",
                  "use GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS"),
          row("BAD_REQUEST", BINDING_PROXY, 0, DOCUMENTED)
              .resend(NO, HELPS)
              .about(REQUEST, CALLER)
              .means(
                  "the proxy rejected the request as malformed",
                  "fix what the message names; to call a Durable Object, use durableObject(name)"),
          row("BODY_TOO_LARGE", WORKER_LIMIT, 0, DOCUMENTED)
              .resend(NO, HELPS)
              .about(REQUEST, CALLER)
              .means("the body is larger than the proxy accepts", "send less in one call"),
          row("OBJECT_ID_INVALID", BINDING_PROXY, 0, DOCUMENTED)
              .resend(NO, FAILS_TOO)
              .about(REQUEST, CALLER)
              .means(
                  "the Durable Object's id or name is not valid for this binding",
                  "pass an ID from the same namespace, or a name with the configured prefix"),
          row("BINDING_MISSING", BINDING_NOT_FOUND, 0, DOCUMENTED)
              .resend(NO, HELPS)
              .about(ROUTE, PROXY_OWNER)
              .misconfigured()
              .means(
                  "the proxy lists this binding but was deployed without it",
                  "add it under \"services\" in the proxy's wrangler.jsonc and deploy the proxy"),
          row("BINDING_WRONG_KIND", BINDING_NOT_CALLABLE, 0, DOCUMENTED)
              .resend(NO, HELPS)
              .about(ROUTE, PROXY_OWNER)
              .misconfigured()
              .means(
                  "the binding is of another kind than its entry in the proxy's BINDINGS says",
                  "bind a Worker (\"services\") or a Durable Object under this name, or fix"
                      + " BINDINGS"),
          row("PROXY_MISCONFIGURED", BINDING_PROXY, 0, DOCUMENTED)
              .resend(NO, HELPS)
              .about(ROUTE, PROXY_OWNER)
              .means(
                  "the proxy's own configuration is wrong, so it rejects every request",
                  "fix what the message names in the proxy's wrangler.jsonc or secrets, and"
                      + " deploy"),
          row("RPC_NOT_AVAILABLE", BINDING_PROXY, 0, DOCUMENTED)
              .resend(NO, FAILS_TOO)
              .about(ROUTE, PROXY_OWNER)
              .means(
                  "the proxy does not allow RPC for this binding",
                  "add the methods to the binding's entry in BINDINGS, or call the target with"
                      + " fetch"),
          row("NO_FETCH_HANDLER", BINDING_NOT_CALLABLE, 0, DOCUMENTED)
              .resend(NO, HELPS)
              .about(ROUTE, WORKER_OWNER)
              .means("the target's entrypoint exports no fetch handler", EXPORT_FETCH),
          row("ENTRYPOINT_MISSING", BINDING_NOT_CALLABLE, 0, DOCUMENTED)
              .resend(NO, HELPS)
              .about(ROUTE, PROXY_OWNER)
              .means(
                  "the target does not export the class that the binding names",
                  "export it, or correct \"entrypoint\" or \"class_name\" in the proxy's"
                      + " wrangler.jsonc; for the default export, remove \"entrypoint\""),
          row("TARGET_NOT_RUNNING", WORKER_NOT_FOUND, 0, DOCUMENTED)
              .resend(NO, HELPS)
              .about(ROUTE, CALLER)
              .means("the target is not running in wrangler dev on this machine", START_THE_TARGET),
          row("TARGET_RETURNED_NO_RESPONSE", DISPATCH_MISMATCH, 0, DOCUMENTED)
              .run(CERTAIN)
              .resend(NO, HELPS)
              .about(PATH, WORKER_OWNER)
              .means("the target's fetch ran and returned no Response", RETURN_A_RESPONSE),
          row("TARGET_THREW", WORKER_THREW, 0, DOCUMENTED)
              .resend(NO, FAILS_TOO)
              .about(REQUEST, WORKER_OWNER)
              .means(
                  "the target's code threw an exception",
                  "read the target's logs (wrangler tail) and fix its code"),
          row("TARGET_HUNG", WORKER_THREW, 0, DOCUMENTED)
              .run(CERTAIN)
              .resend(SOON, HELPS)
              .about(REQUEST, WORKER_OWNER)
              .means(HUNG, LOOK_FOR_A_PROMISE),
          row("TIMED_OUT", WORKER_TIMEOUT, 0, DOCUMENTED)
              .resend(SOON, HELPS)
              .about(ROUTE, WORKER_OWNER)
              .means(
                  "the target did not answer within the attempt's limit",
                  "raise attemptTimeout, or make the target faster"),
          row("NETWORK_LOST", BINDING_PROXY, 0, DOCUMENTED)
              .resend(SOON, HELPS)
              .about(ROUTE, CLOUDFLARE)
              .means(
                  "the proxy lost its connection to the target",
                  "repeat a call that is safe to repeat; under wrangler dev, check that the target"
                      + " runs, and that both run the same version of wrangler"),
          row("OBJECT_RESET", BINDING_PROXY, 0, DOCUMENTED)
              .resend(SOON, FAILS_TOO)
              .about(REQUEST, WORKER_OWNER)
              .means(
                  "the Durable Object was reset (its code was updated, or it failed)",
                  "repeat a call that is safe to repeat"),
          row("OBJECT_OVERLOADED", RATE_LIMITED, 0, DOCUMENTED)
              .resend(NO, FAILS_TOO)
              .about(REQUEST, WORKER_OWNER)
              .means("the Durable Object has too many requests queued", SPREAD_THE_LOAD),
          row("RESULT_NOT_DATA", BINDING_PROXY, 0, DOCUMENTED)
              .resend(NO, FAILS_TOO)
              .about(PATH, WORKER_OWNER)
              .means("the method's result is not plain data", "return only data from the method"),
          UNLISTED);
}

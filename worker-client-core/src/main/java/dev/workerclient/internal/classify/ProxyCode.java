package dev.workerclient.internal.classify;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The binding proxy's codes: exception, whether a route helps, cause and fix of each. */
enum ProxyCode {
  BINDING_MISSING(
      FailureKind.BINDING_NOT_FOUND,
      false,
      true,
      "the proxy lists this binding but was deployed without it",
      "add it under \"services\" in the proxy's wrangler.jsonc and deploy the proxy"),
  BINDING_WRONG_KIND(
      FailureKind.BINDING_NOT_CALLABLE,
      false,
      true,
      "the binding is of another kind than the proxy's BINDINGS says",
      "bind a Worker (\"services\") or a Durable Object under this name, or correct BINDINGS"),
  NO_FETCH_HANDLER(
      FailureKind.BINDING_NOT_CALLABLE,
      false,
      true,
      "the target's entrypoint exports no fetch handler",
      "export a default object or class with fetch, or name another entrypoint in the binding"),
  TARGET_RETURNED_NO_RESPONSE(
      FailureKind.DISPATCH_MISMATCH,
      false,
      true,
      "the target's fetch ran and returned no Response",
      "return a Response on every path of the target's fetch (a missing return is the usual"
          + " cause); exporting Durable Objects was reported as a cause and not reproduced"),
  TARGET_THREW(
      FailureKind.WORKER_THREW,
      false,
      false,
      "the target's code threw an exception",
      "read the target's logs (wrangler tail) and mend its code"),
  TARGET_HUNG(
      FailureKind.WORKER_THREW,
      true,
      true,
      "the runtime cancelled the target, because it would never have answered",
      "look for a promise in the target that nothing settles"),
  TIMED_OUT(
      FailureKind.WORKER_TIMEOUT,
      true,
      true,
      "the target did not answer within the attempt's limit",
      "raise attemptTimeout, or make the target faster"),
  NETWORK_LOST(
      FailureKind.BINDING_PROXY,
      true,
      true,
      "the proxy lost its connection to the target",
      "repeat a call that is safe to repeat"),
  OBJECT_ID_INVALID(
      FailureKind.BINDING_PROXY,
      false,
      false,
      "the Durable Object's id or name is not valid for this binding",
      "pass the id that the same namespace gave out, or a name with the configured prefix"),
  OBJECT_RESET(
      FailureKind.BINDING_PROXY,
      true,
      false,
      "the Durable Object was reset (its code was updated, or it failed)",
      "repeat a call that is safe to repeat"),
  OBJECT_OVERLOADED(
      FailureKind.RATE_LIMITED,
      false,
      false,
      "the Durable Object has too many requests queued",
      "send fewer requests to this object, or spread them over several"),
  UNAUTHORIZED(
      FailureKind.ACCESS_DENIED,
      false,
      true,
      "the proxy does not know this token",
      "set the same value as the proxy's PROXY_TOKEN or PROXY_TOKEN_NEXT secret"),
  FORBIDDEN(
      FailureKind.ACCESS_DENIED,
      false,
      true,
      "the token's scope, or the binding's entry in the proxy's BINDINGS, does not allow this call",
      "allow it in TOKEN_SCOPES or BINDINGS, as the message says, and deploy the proxy"),
  BINDING_NOT_ALLOWED(
      FailureKind.ACCESS_DENIED,
      false,
      true,
      "the proxy does not list this binding",
      "add it to BINDINGS in the proxy's wrangler.jsonc and deploy the proxy"),
  METHOD_NOT_ALLOWED(
      FailureKind.ACCESS_DENIED,
      false,
      true,
      "the proxy does not forward this method",
      "use GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS"),
  BODY_TOO_LARGE(
      FailureKind.WORKER_LIMIT,
      false,
      true,
      "the body is larger than the proxy accepts",
      "send less in one call"),
  PROXY_MISCONFIGURED(
      FailureKind.BINDING_PROXY,
      false,
      true,
      "the proxy's own configuration is wrong, so it refuses every request",
      "correct what the message names in the proxy's wrangler.jsonc or secrets, and deploy"),
  BAD_REQUEST(
      FailureKind.BINDING_PROXY,
      false,
      true,
      "the proxy refused the request's form",
      "correct what the message names; a Durable Object is called by durableObject(name)"),
  RPC_NOT_AVAILABLE(
      FailureKind.BINDING_PROXY,
      false,
      false,
      "the proxy offers no RPC for this binding",
      "call the target by fetch"),
  RESULT_NOT_DATA(
      FailureKind.BINDING_PROXY,
      false,
      false,
      "the method's result is not plain data",
      "return data alone from the method");

  private static final Map<String, ProxyCode> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(ProxyCode::name, Function.identity()));

  final FailureKind kind;
  final boolean sameRouteHelps;
  final boolean otherRouteHelps;
  final String cause;
  final String fix;

  ProxyCode(
      FailureKind kind, boolean sameRouteHelps, boolean otherRouteHelps, String cause, String fix) {
    this.kind = kind;
    this.sameRouteHelps = sameRouteHelps;
    this.otherRouteHelps = otherRouteHelps;
    this.cause = cause;
    this.fix = fix;
  }

  static @Nullable ProxyCode of(@Nullable String name) {
    return name == null ? null : BY_NAME.get(name);
  }
}

package dev.workerclient.mockserver;

import org.jspecify.annotations.Nullable;

/**
 * A problem as the binding proxy reports it. Status, title and detail are those of {@code
 * binding-proxy/src/codes.ts}; a test compares them with what the proxy sends.
 */
enum ProxyProblem implements Script {
  UNAUTHORIZED(
      401,
      "No valid token",
      "Send Binding-Proxy-Authorization: Bearer <token> with one of the proxy's secrets."),
  FORBIDDEN(
      403, "Not allowed", "TOKEN_SCOPES does not allow this token that operation on that binding."),
  BAD_REQUEST(
      500, "Bad request to the binding proxy", "Binding-Proxy-Target is missing: name a binding."),
  METHOD_NOT_ALLOWED(
      500,
      "Method not allowed",
      "The proxy forwards GET, HEAD, POST, PUT, PATCH, DELETE and OPTIONS."),
  PROXY_MISCONFIGURED(
      500,
      "The binding proxy's configuration is wrong",
      "See the proxy's log (npx wrangler tail) for what to correct. Send a valid token to get it in"
          + " this response."),
  RPC_NOT_AVAILABLE(
      500,
      "RPC is not available",
      "Add the binding's methods to its entry in BINDINGS, or call it with fetch."),
  BINDING_NOT_ALLOWED(404, "Binding not listed", "\"{binding}\" is not listed in BINDINGS."),
  BINDING_MISSING(
      404,
      "Binding missing",
      "BINDINGS lists it, but the deployed proxy has no such binding. Add it to wrangler.jsonc and"
          + " deploy."),
  BINDING_WRONG_KIND(
      500,
      "Binding of the wrong kind",
      "BINDINGS says service; the deployed binding is of type \"string\"."),
  OBJECT_ID_INVALID(
      500, "Durable Object id not valid", "Send id:<64 hex digits> with an ID of this namespace."),
  BODY_TOO_LARGE(
      413, "Body too large", "The body is larger than the proxy accepts for this operation."),
  RESULT_NOT_DATA(
      500,
      "The result is not data",
      "The method ran, but its result contains something that is not plain data.",
      null),
  NO_FETCH_HANDLER(
      500,
      "The target has no fetch handler",
      "The default export of the target Worker has no fetch method. Add one, or bind to an"
          + " entrypoint that has one.",
      new Thrown("Error", "Handler does not export a fetch() function.")),
  ENTRYPOINT_MISSING(
      500,
      "The target lacks the entrypoint",
      "The target does not export the class that the binding names. Export it, or correct"
          + " \"entrypoint\" or \"class_name\" in the proxy's wrangler.jsonc; for the default"
          + " export, remove \"entrypoint\".",
      new Thrown("Error", "Worker does not export an entrypoint named \"Api\"")),
  TARGET_NOT_RUNNING(
      503,
      "The target is not running",
      "No wrangler dev on this machine runs the target. Run npx wrangler dev in its folder, or"
          + " start both in one session: npx wrangler dev -c wrangler.jsonc -c"
          + " ../target/wrangler.jsonc.",
      new Thrown("Error", "Worker \"target\" not found. Make sure it is running locally.")),
  TARGET_RETURNED_NO_RESPONSE(
      500,
      "The target returned no Response",
      "The target's fetch handler ran and returned something that is not a valid Response. Return a"
          + " Response on every code path.",
      new Thrown("TypeError", "Callback returned incorrect type; expected 'Promise'")),
  TARGET_RESOLVED_TO_NO_RESPONSE(
      500,
      TARGET_RETURNED_NO_RESPONSE.title,
      TARGET_RETURNED_NO_RESPONSE.detail,
      new Thrown(
          "TypeError", "Incorrect type for Promise: the Promise did not resolve to 'Response'.")),
  TARGET_THREW(
      500,
      "The target threw",
      "The call of the target threw an exception. See the target's log. The request may have taken"
          + " effect.",
      new Thrown("TypeError", "boom")),
  TARGET_HUNG(
      500,
      "The target hung",
      "The runtime canceled the target, because it was waiting for something that could never"
          + " happen.",
      new Thrown(
          "Error",
          "The Workers runtime canceled this request because it detected that your Worker's code"
              + " had hung and would never generate a response. Refer to:"
              + " https://developers.cloudflare.com/workers/observability/errors/")),
  TIMED_OUT(
      503,
      "Timed out",
      "The target did not respond within Binding-Proxy-Timeout-Ms. It may have run.",
      null),
  OBJECT_RESET(
      503,
      "The Durable Object was reset",
      "The object was reset before or while it handled the request. The next request starts a new"
          + " instance.",
      new Thrown("Error", "room aborted")),
  OBJECT_OVERLOADED(
      503,
      "The Durable Object is overloaded",
      "Too many requests are queued at this object. Send fewer, or spread them over more objects.",
      new Thrown("Error", "Durable Object is overloaded.")),
  NETWORK_LOST(
      503,
      "Connection to the target lost",
      "The connection between the proxy and the target broke. The target may have run. Under"
          + " wrangler dev, check that the target still runs, and that both run the same version of"
          + " wrangler.",
      new Thrown("Error", "Network connection lost."));

  final int status;
  final String title;
  final String detail;
  final boolean dispatched;

  @SuppressWarnings("ImmutableEnumChecker") // A record of two texts.
  final @Nullable Thrown thrown;

  /** What goes wrong once the binding was called. */
  ProxyProblem(int status, String title, String detail, @Nullable Thrown thrown) {
    this.status = status;
    this.title = title;
    this.detail = detail;
    this.dispatched = true;
    this.thrown = thrown;
  }

  /** What is refused before. */
  ProxyProblem(int status, String title, String detail) {
    this.status = status;
    this.title = title;
    this.detail = detail;
    this.dispatched = false;
    this.thrown = null;
  }

  /** The code in the protocol. */
  String code() {
    return this == TARGET_RESOLVED_TO_NO_RESPONSE ? TARGET_RETURNED_NO_RESPONSE.name() : name();
  }

  String outcome() {
    return dispatched ? "dispatch-threw" : "not-dispatched";
  }

  /** Whether the proxy says which binding was meant: it looks at that after these. */
  boolean namesBinding() {
    return switch (this) {
      case UNAUTHORIZED, FORBIDDEN, BAD_REQUEST, PROXY_MISCONFIGURED -> false;
      default -> true;
    };
  }

  @Override
  public Reply reply(RecordedRequest request) {
    return ProblemReply.of(this, request, detail.replace("{binding}", request.service()));
  }

  /** What lacks the handler or the entrypoint, or runs nowhere, shows when it is called. */
  @Override
  public boolean runsTarget() {
    return switch (this) {
      case NO_FETCH_HANDLER, ENTRYPOINT_MISSING, TARGET_NOT_RUNNING -> false;
      default -> dispatched;
    };
  }

  /** What the call of the binding threw, as a proxy with {@code EXPOSE_ERRORS} tells it. */
  record Thrown(String name, String message) {}
}

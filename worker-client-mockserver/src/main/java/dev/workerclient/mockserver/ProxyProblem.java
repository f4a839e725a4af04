package dev.workerclient.mockserver;

import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A problem as the binding proxy reports it, for each code that this mock can play. Status, title
 * and detail are those of {@code binding-proxy/src/codes.ts}; a test compares them with what the
 * proxy sends.
 */
enum ProxyProblem implements Script {
  UNAUTHORIZED(
      401,
      "No valid token",
      "Send Binding-Proxy-Authorization: Bearer <token> with one of the proxy's secrets."),
  BAD_REQUEST(
      500, "Bad request to the binding proxy", "Binding-Proxy-Target is missing: name a binding."),
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
  RETURNED_NO_RESPONSE(
      "TARGET_RETURNED_NO_RESPONSE",
      "The target returned no Response",
      "The target's fetch handler ran and returned something that is not a usable Response. Return"
          + " a Response on every path of it.",
      "TypeError",
      "Callback returned incorrect type; expected 'Promise'"),
  RESOLVED_TO_NO_RESPONSE(
      "TARGET_RETURNED_NO_RESPONSE",
      RETURNED_NO_RESPONSE.title,
      RETURNED_NO_RESPONSE.detail,
      "TypeError",
      "Incorrect type for Promise: the Promise did not resolve to 'Response'."),
  TARGET_THREW(
      "TARGET_THREW",
      "The target threw",
      "The call of the target ended in an exception. See the target's log; the request may have had"
          + " its effects.",
      "TypeError",
      "boom"),
  TARGET_HUNG(
      "TARGET_HUNG",
      "The target hung",
      "The runtime canceled the target: it was waiting for something that could never happen.",
      "Error",
      "The Workers runtime canceled this request because it detected that your Worker's code"
          + " had hung and would never generate a response. Refer to:"
          + " https://developers.cloudflare.com/workers/observability/errors/");

  private final String code;
  private final int status;
  private final String title;
  private final String detail;

  /** What the call of the binding threw, as a proxy with {@code EXPOSE_ERRORS} tells it. */
  private final @Nullable String errorName;

  private final @Nullable String errorMessage;

  /** What goes wrong once the binding was called. */
  ProxyProblem(String code, String title, String detail, String errorName, String errorMessage) {
    this.code = code;
    this.status = 500;
    this.title = title;
    this.detail = detail;
    this.errorName = errorName;
    this.errorMessage = errorMessage;
  }

  /** What is refused before. */
  ProxyProblem(int status, String title, String detail) {
    this.code = name();
    this.status = status;
    this.title = title;
    this.detail = detail;
    this.errorName = null;
    this.errorMessage = null;
  }

  @Override
  public Reply reply(RouteKind route, String service) {
    return reply(service, detail.replace("{binding}", service));
  }

  /** The same problem with another text for a person. */
  Reply reply(String service, String toldDetail) {
    Headers.Builder headers = ProxyProtocol.problemHeaders(outcome(), code);
    if (this == UNAUTHORIZED) {
      headers.add("WWW-Authenticate", "Bearer realm=\"binding-proxy\"");
    }
    return Reply.of(status, headers.build(), body(service, toldDetail));
  }

  @Override
  public boolean runsTarget() {
    return errorName != null;
  }

  private String outcome() {
    return errorName == null ? "not-dispatched" : "dispatch-threw";
  }

  private String body(String service, String toldDetail) {
    return JsonText.object(
        json -> {
          json.writeStringField("type", "urn:binding-proxy:" + code);
          json.writeStringField("title", title);
          json.writeNumberField("status", status);
          json.writeStringField("detail", toldDetail);
          json.writeStringField("code", code);
          json.writeStringField("outcome", outcome());
          if (this != UNAUTHORIZED && this != BAD_REQUEST) {
            json.writeStringField("binding", service);
          }
          if (errorName != null) {
            json.writeObjectFieldStart("error");
            json.writeStringField("name", errorName);
            json.writeStringField("message", errorMessage);
            json.writeBooleanField("remote", true);
            json.writeEndObject();
          }
        });
  }
}

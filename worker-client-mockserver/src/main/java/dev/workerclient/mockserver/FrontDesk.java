package dev.workerclient.mockserver;

import okhttp3.Headers;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** Reads which service and route a request is for, and hands it to its script. Thread-safe. */
final class FrontDesk {
  static final String DOMAINS = "/custom-domains/";

  private final Services services;
  private final String token;

  FrontDesk(Services services, String token) {
    this.services = services;
    this.token = token;
  }

  Reply receive(mockwebserver3.RecordedRequest raw) {
    ByteString body = raw.getBody();
    RecordedRequest request =
        read(
            new RequestHead(raw.getMethod(), raw.getTarget(), raw.getHeaders()),
            body == null ? new byte[0] : body.toByteArray());
    return request.kind() == RouteKind.CUSTOM_DOMAIN
        ? customDomain(request)
        : bindingProxy(request);
  }

  /** Whether the connection is to end before more of the request is read. */
  boolean leavesUnread(RequestHead head) {
    RecordedRequest request = read(head, new byte[0]);
    MockRoute route = route(request);
    return route != null && isAuthorized(request) && route.leavesUnread(request);
  }

  /** Tells service, route and path by the address. */
  static RecordedRequest read(RequestHead head, byte[] body) {
    String target = head.target();
    if (!target.startsWith(DOMAINS)) {
      String named = head.headers().get(ProxyProtocol.TARGET);
      return new RecordedRequest(
          named == null ? "" : named,
          RouteKind.BINDING_PROXY,
          head.method(),
          target,
          head.headers(),
          body);
    }
    int end = target.indexOf('/', DOMAINS.length());
    String service = target.substring(DOMAINS.length(), end < 0 ? target.length() : end);
    String path = end < 0 ? "/" : target.substring(end);
    return new RecordedRequest(
        service, RouteKind.CUSTOM_DOMAIN, head.method(), path, head.headers(), body);
  }

  private Reply customDomain(RecordedRequest request) {
    MockRoute route = route(request);
    return play(route, request);
  }

  /** As the real proxy: first the token, then the binding's name, then the binding. */
  private Reply bindingProxy(RecordedRequest request) {
    MockRoute route = route(request);
    if (!isAuthorized(request)) {
      services.countWithoutToken();
      if (route != null) {
        route.record(request);
      }
      return ProxyProblem.UNAUTHORIZED.reply(request);
    }
    if (request.service().isEmpty()) {
      services.recordUnexpected(request);
      return ProxyProblem.BAD_REQUEST.reply(request);
    }
    return play(route, request);
  }

  private Reply play(@Nullable MockRoute route, RecordedRequest request) {
    Script script = route == null ? null : route.receive(request, rpc(request));
    if (script == null) {
      services.recordUnexpected(request);
      return wrong(request, unexpected(request));
    }
    try {
      return script.reply(request);
    } catch (RuntimeException | Error e) { // An assertion in a function is an Error.
      String text = "the answer to " + request + " threw " + e;
      services.recordBroken(new AssertionError(text, e));
      return wrong(request, text);
    }
  }

  private @Nullable Script rpc(RecordedRequest request) {
    MockService service = services.find(request.service());
    return service != null && RpcScript.isRpc(request) ? service.rpc() : null;
  }

  /** On the proxy's route a problem that no route makes good, so that the test sees the text. */
  private static Reply wrong(RecordedRequest request, String text) {
    return request.kind() == RouteKind.BINDING_PROXY
        ? ProblemReply.of(ProxyProblem.TARGET_THREW, request, text)
        : Reply.of(500, Headers.of("Content-Type", "text/plain"), text);
  }

  private boolean isAuthorized(RecordedRequest request) {
    return request.kind() == RouteKind.CUSTOM_DOMAIN
        || ("Bearer " + token).equals(request.header(ProxyProtocol.AUTHORIZATION));
  }

  private @Nullable MockRoute route(RecordedRequest request) {
    MockService service = services.find(request.service());
    return service == null ? null : service.route(request);
  }

  /** Says what to write in the test. */
  private String unexpected(RecordedRequest request) {
    ObjectAddress object = request.object();
    return "MockWorkers did not expect "
        + request
        + ": script it by service(\""
        + request.service()
        + "\")."
        + (object == null ? request.kind().method + "()" : object.method())
        + ".answers(…); "
        + Verdict.expectation(services);
  }
}

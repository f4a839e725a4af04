package dev.workerclient.mockserver;

import dev.workerclient.RouteKind;
import okhttp3.Headers;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** Reads which service and route a request is for, and hands it to its script. Thread-safe. */
final class FrontDesk {
  static final String DOMAINS = "/custom-domains/";

  /** Where a custom domain of the mock serves RPC. */
  static final String RPC_PATH = "/rpc";

  private static final String NO_BROWSERS =
      "The proxy serves backends, not browsers: do not send Origin or Sec-Fetch-*.";

  private static final String NO_OBJECT =
      "Binding-Proxy-Object is missing: say which Durable Object is meant.";

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
        ? play(route(request), request)
        : bindingProxy(request);
  }

  /** Whether the connection is to end before more of the request is read. */
  boolean leavesUnread(RequestHead head) {
    RecordedRequest request = read(head, new byte[0]);
    MockRoute route = DiagnoseReply.isFor(request) ? null : route(request);
    return route != null && isLetIn(request) && route.leavesUnread(request);
  }

  /** Tells service, route and path by the address. */
  static RecordedRequest read(RequestHead head, byte[] body) {
    String target = head.target();
    String named = head.headers().get(ProxyProtocol.TARGET);
    if (named != null || !target.startsWith(DOMAINS)) {
      return new RecordedRequest(
          named == null ? "" : named,
          RouteKind.BINDING_PROXY,
          head.method(),
          target,
          head.headers(),
          body);
    }
    int end = endOfName(target);
    String service = target.substring(DOMAINS.length(), end < 0 ? target.length() : end);
    String rest = end < 0 ? "" : target.substring(end);
    String path = rest.startsWith("/") ? rest : "/" + rest;
    return new RecordedRequest(
        service, RouteKind.CUSTOM_DOMAIN, head.method(), path, head.headers(), body);
  }

  /** Of {@code /custom-domains/NAME/path} or {@code /custom-domains/NAME?query}; -1 for neither. */
  private static int endOfName(String target) {
    int slash = target.indexOf('/', DOMAINS.length());
    int query = target.indexOf('?', DOMAINS.length());
    return slash < 0 || (query >= 0 && query < slash) ? query : slash;
  }

  /** As the real proxy: first the headers and the token, then the binding's name and itself. */
  private Reply bindingProxy(RecordedRequest request) {
    boolean diagnoses = DiagnoseReply.isFor(request);
    MockRoute route = diagnoses ? null : route(request);
    if (isOfBrowser(request) || !isAuthorized(request)) {
      services.countWithoutToken();
      if (route != null) {
        route.record(request);
      }
      return isOfBrowser(request)
          ? ProblemReply.of(ProxyProblem.BAD_REQUEST, request, NO_BROWSERS)
          : ProxyProblem.UNAUTHORIZED.reply(request);
    }
    if (diagnoses) {
      return DiagnoseReply.of(services, request);
    }
    if (request.service().isEmpty()) {
      services.recordUnexpected(request);
      return ProxyProblem.BAD_REQUEST.reply(request);
    }
    return namesNoObject(request)
        ? ProblemReply.of(ProxyProblem.BAD_REQUEST, request, NO_OBJECT)
        : play(route, request);
  }

  /** Asks a namespace itself, of which a test scripted objects alone. */
  private boolean namesNoObject(RecordedRequest request) {
    MockService service = services.find(request.service());
    return service != null
        && service.isDurableObject()
        && request.object() == null
        && !isRpc(request);
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
    return service != null && isRpc(request) ? service.rpc() : null;
  }

  private static boolean isRpc(RecordedRequest request) {
    return request.kind() == RouteKind.BINDING_PROXY
        ? "rpc".equals(request.header(ProxyProtocol.OPERATION))
        : request.path().equals(RPC_PATH)
            && (request.method().equals("POST") || request.header("Upgrade") != null);
  }

  /** On the proxy's route a problem that no route makes good, so that the test sees the text. */
  private static Reply wrong(RecordedRequest request, String text) {
    return request.kind() == RouteKind.BINDING_PROXY
        ? ProblemReply.of(ProxyProblem.TARGET_THREW, request, text)
        : Reply.of(500, Headers.of("Content-Type", "text/plain"), text);
  }

  private boolean isLetIn(RecordedRequest request) {
    return request.kind() == RouteKind.CUSTOM_DOMAIN
        || (!isOfBrowser(request) && isAuthorized(request));
  }

  private static boolean isOfBrowser(RecordedRequest request) {
    return request.header("Origin") != null || request.header("Sec-Fetch-Site") != null;
  }

  private boolean isAuthorized(RecordedRequest request) {
    return ("Bearer " + token).equals(request.header(ProxyProtocol.AUTHORIZATION));
  }

  private @Nullable MockRoute route(RecordedRequest request) {
    MockService service = services.find(request.service());
    return service == null ? null : service.route(request);
  }

  /** The method of {@link MockService} that scripts that route. */
  private static String method(RouteKind kind) {
    return kind == RouteKind.BINDING_PROXY ? "binding" : "customDomain";
  }

  /** Says what to write in the test. */
  private String unexpected(RecordedRequest request) {
    ObjectAddress object = request.object();
    return "MockWorkers did not expect "
        + request
        + ": script it by service(\""
        + request.service()
        + "\")."
        + (object == null ? method(request.kind()) + "()" : object.method())
        + ".answers(…); "
        + Verdict.expectation(services);
  }
}

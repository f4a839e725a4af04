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
    String target = raw.getTarget();
    return target.startsWith(DOMAINS) ? customDomain(raw, target) : bindingProxy(raw, target);
  }

  private Reply customDomain(mockwebserver3.RecordedRequest raw, String target) {
    int end = target.indexOf('/', DOMAINS.length());
    String service = target.substring(DOMAINS.length(), end < 0 ? target.length() : end);
    String path = end < 0 ? "/" : target.substring(end);
    RecordedRequest request = record(raw, service, RouteKind.CUSTOM_DOMAIN, path);
    Reply reply = scripted(service, RouteKind.CUSTOM_DOMAIN, request);
    return reply == null
        ? Reply.of(500, Headers.of("Content-Type", "text/plain"), unexpected(request))
        : reply;
  }

  /** As the real proxy: first the token, then the binding's name, then the binding. */
  private Reply bindingProxy(mockwebserver3.RecordedRequest raw, String target) {
    String named = raw.getHeaders().get(ProxyProtocol.TARGET);
    String service = named == null ? "" : named;
    RecordedRequest request = record(raw, service, RouteKind.BINDING_PROXY, target);
    if (!("Bearer " + token).equals(raw.getHeaders().get(ProxyProtocol.AUTHORIZATION))) {
      recordRefused(service, request);
      return ProxyProblem.UNAUTHORIZED.reply(RouteKind.BINDING_PROXY, service);
    }
    if (named == null) {
      unexpected(request);
      return ProxyProblem.BAD_REQUEST.reply(RouteKind.BINDING_PROXY, service);
    }
    Reply reply = scripted(service, RouteKind.BINDING_PROXY, request);
    // Of the problems that no route makes good, so that the text reaches the test's exception.
    return reply == null ? ProxyProblem.TARGET_THREW.reply(service, unexpected(request)) : reply;
  }

  private static RecordedRequest record(
      mockwebserver3.RecordedRequest raw, String service, RouteKind route, String path) {
    ByteString body = raw.getBody();
    return new RecordedRequest(
        service,
        route,
        raw.getMethod(),
        path,
        raw.getHeaders(),
        body == null ? new byte[0] : body.toByteArray());
  }

  private @Nullable Reply scripted(String name, RouteKind route, RecordedRequest request) {
    MockService service = services.find(name);
    return service == null ? null : service.route(route).receive(request);
  }

  private void recordRefused(String name, RecordedRequest request) {
    MockService service = services.find(name);
    if (service != null) {
      service.route(RouteKind.BINDING_PROXY).recordRefused(request);
    }
  }

  /** Records it, and says what to write in the test. */
  private String unexpected(RecordedRequest request) {
    services.recordUnexpected(request);
    RouteKind route =
        request.route().equals(RouteKind.BINDING_PROXY.routeName)
            ? RouteKind.BINDING_PROXY
            : RouteKind.CUSTOM_DOMAIN;
    return "MockWorkers did not expect "
        + request
        + ": script it by service(\""
        + request.service()
        + "\")."
        + route.method
        + "().answers(…); "
        + services.expectation();
  }
}

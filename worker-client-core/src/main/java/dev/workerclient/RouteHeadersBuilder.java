package dev.workerclient;

import dev.workerclient.internal.http.CallSpec;
import dev.workerclient.internal.http.HeaderText;
import dev.workerclient.internal.route.Credential;
import dev.workerclient.internal.route.RouteHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects what one route adds to its requests. */
final class RouteHeadersBuilder {
  private final String route;
  private final List<CallSpec.Header> headers = new ArrayList<>();
  private @Nullable Credential bearer;
  private @Nullable Credential accessId;
  private @Nullable Credential accessSecret;

  RouteHeadersBuilder(String route) {
    this.route = route;
  }

  void bearerToken(String token) {
    bearer = Credential.ofValue("the bearer token of " + route, token);
  }

  void bearerToken(Supplier<String> token) {
    bearer = Credential.ofSupplier("the bearer token of " + route, token);
  }

  void accessServiceToken(String id, String secret) {
    accessId = Credential.ofValue("the Access client id of " + route, id);
    accessSecret = Credential.ofValue("the Access client secret of " + route, secret);
  }

  void header(String name, String value) {
    RequestHeaders.requireAllowed(name);
    headers.add(new CallSpec.Header(name, HeaderText.requireValue(name, value)));
  }

  /** The defaults are those of client and service; the route's own headers replace them. */
  RouteHeaders build(List<CallSpec.Header> defaults) {
    return new RouteHeaders(
        bearer, accessId, accessSecret, DefaultHeaders.merge(defaults, headers));
  }
}

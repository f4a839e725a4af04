package dev.workerclient.internal.route;

import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.http.CallSpec.Header;
import dev.workerclient.internal.http.HeaderText;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Supplier;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * What a route adds to each of its requests, and to no other route's. Its {@code toString} shows no
 * value.
 *
 * @param bearer the bearer token, or null
 * @param accessId the id of a Cloudflare Access service token, or null
 * @param accessSecret its secret, or null
 * @param headers fixed headers
 */
public record RouteHeaders(
    @Nullable Credential bearer,
    @Nullable Credential accessId,
    @Nullable Credential accessSecret,
    List<Header> headers) {

  /** Sets the headers, in place of any of the same names that are there. */
  public static void replace(Request.Builder request, List<Header> headers) {
    headers.forEach(header -> request.removeHeader(header.name()));
    headers.forEach(header -> request.addHeader(header.name(), header.value()));
  }

  /**
   * Sets them, and then the request's own.
   *
   * @param bearerHeader where the route's token goes
   */
  void addTo(Request.Builder request, String bearerHeader, List<Header> own)
      throws CredentialException {
    if (!headers.isEmpty()) {
      replace(request, headers);
    }
    if (bearer != null) {
      request.header(bearerHeader, "Bearer " + bearer.read());
    }
    if (accessId != null && accessSecret != null) {
      request.header("CF-Access-Client-Id", accessId.read());
      request.header("CF-Access-Client-Secret", accessSecret.read());
    }
    if (!own.isEmpty()) {
      replace(request, own);
    }
  }

  /** Which credentials and headers there are, without their values. */
  String description() {
    StringJoiner kinds = new StringJoiner(", ");
    kinds.setEmptyValue("no credentials");
    if (bearer != null) {
      kinds.add("a bearer token");
    }
    if (accessId != null) {
      kinds.add("an Access service token");
    }
    headers.forEach(header -> kinds.add("header " + header.name()));
    return kinds.toString();
  }

  /** Says that no token is set, if the binding proxy asks for one. */
  Failure explainProxyFailure(Failure failure) {
    return bearer == null && failure.proxyCode().equals("UNAUTHORIZED")
        ? failure.explainedBy(
            "the proxy wants a token, and no token is set",
            "set one: bindingProxy(origin, proxy -> proxy.bearerToken(…)), with the value of the"
                + " proxy's PROXY_TOKEN secret")
        : failure;
  }

  boolean bearerMayChange() {
    return bearer != null && bearer.mayChange();
  }

  /** Collects what one route adds to its requests. */
  public static final class Builder {
    private final String route;
    private final List<Header> headers = new ArrayList<>();
    private @Nullable Credential bearer;
    private @Nullable Credential accessId;
    private @Nullable Credential accessSecret;

    /** Of that route, for messages. */
    public Builder(String route) {
      this.route = route;
    }

    /** Sets a token that stays the same. */
    public void bearerToken(String token) {
      bearer = Credential.ofValue("the bearer token of " + route, token);
    }

    /** Sets a token that is read for each attempt. */
    public void bearerToken(Supplier<String> token) {
      bearer = Credential.ofSupplier("the bearer token of " + route, token);
    }

    /** Sets a Cloudflare Access service token. */
    public void accessServiceToken(String id, String secret) {
      accessId = Credential.ofValue("the Access client id of " + route, id);
      accessSecret = Credential.ofValue("the Access client secret of " + route, secret);
    }

    /** Adds a header. */
    public void header(String name, String value) {
      RequestHeaders.requireAllowed(name);
      headers.add(new Header(name, HeaderText.requireValue(name, value)));
    }

    /** The defaults are those of client and service; the route's own headers replace them. */
    public RouteHeaders build(List<Header> defaults) {
      return new RouteHeaders(
          bearer, accessId, accessSecret, RequestHeaders.merge(defaults, headers));
    }
  }
}

package dev.workerclient.internal.route;

import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.http.CallSpec.Header;
import java.util.List;
import java.util.StringJoiner;
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
    if (headers.isEmpty()) {
      return;
    }
    headers.forEach(header -> request.removeHeader(header.name()));
    headers.forEach(header -> request.addHeader(header.name(), header.value()));
  }

  void addTo(Request.Builder request, String bearerHeader) throws CredentialException {
    replace(request, headers);
    if (bearer != null) {
      request.header(bearerHeader, "Bearer " + bearer.read());
    }
    if (accessId != null && accessSecret != null) {
      request.header("CF-Access-Client-Id", accessId.read());
      request.header("CF-Access-Client-Secret", accessSecret.read());
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
}

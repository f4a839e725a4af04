package dev.workerclient.internal.route;

import dev.workerclient.internal.classify.Provenance;
import dev.workerclient.internal.http.CallSpec;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** The target's own domain, or the user's gateway in front of it. */
public final class CustomDomainRoute implements Route {
  /** The route's name. */
  public static final String NAME = "custom-domain";

  private final Origin origin;
  private final RouteHeaders headers;
  private final Provenance provenance;
  private final @Nullable String rpcPath;

  /**
   * Makes the route.
   *
   * @param stamp the header that the target promised on every response, or null
   * @param rpcPath where the target serves Cap'n Web, or null
   */
  public CustomDomainRoute(
      Origin origin, RouteHeaders headers, @Nullable String stamp, @Nullable String rpcPath) {
    this.origin = origin;
    this.headers = headers;
    this.provenance = Provenance.customDomain(stamp);
    this.rpcPath = rpcPath;
  }

  /** To the same host, past a base path of the target: for what Cloudflare itself serves there. */
  public CustomDomainRoute toEdge() {
    return new CustomDomainRoute(origin.root(), headers, null, null);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Provenance provenance() {
    return provenance;
  }

  @Override
  public boolean servesRpc() {
    return rpcPath != null;
  }

  @Override
  public boolean isWorkersDev() {
    return origin.isWorkersDev();
  }

  @Override
  public String description() {
    return origin + " with " + headers.description();
  }

  @Override
  public boolean readsCredential() {
    return headers.bearerMayChange();
  }

  @Override
  public boolean canRefreshCredential() {
    return false;
  }

  @Override
  public HttpUrl url(CallSpec spec) {
    return origin.url(
        spec.rpc() && rpcPath != null ? rpcPath : spec.encodedPath(), spec.encodedQuery());
  }

  @Override
  public Request.Builder request(CallSpec spec, HttpUrl url, long nanos)
      throws CredentialException {
    Request.Builder request = origin.start(spec, url);
    headers.addTo(request, "Authorization", spec.headers());
    return request;
  }
}

package dev.workerclient.internal.route;

import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.classify.Provenance;
import dev.workerclient.internal.classify.ProxyProtocol;
import dev.workerclient.internal.http.CallSpec;
import java.util.concurrent.TimeUnit;
import okhttp3.HttpUrl;
import okhttp3.Request;

/** Through the binding proxy: the target is named in a header, the path is the target's own. */
public final class BindingProxyRoute implements Route {
  /** The route's name. */
  public static final String NAME = "binding-proxy";

  private final Origin origin;
  private final RouteHeaders headers;
  private final String binding;

  /** Makes the route to that binding. */
  public BindingProxyRoute(Origin origin, RouteHeaders headers, String binding) {
    this.origin = origin;
    this.headers = headers;
    this.binding = binding;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Provenance provenance() {
    return Provenance.BINDING_PROXY;
  }

  @Override
  public boolean servesRpc() {
    return true;
  }

  @Override
  public boolean isWorkersDev() {
    return false;
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
  public Failure explain(Failure failure) {
    return headers.explainProxyFailure(failure);
  }

  @Override
  public HttpUrl url(CallSpec spec) {
    return origin.url(spec.encodedPath(), spec.encodedQuery());
  }

  @Override
  public Request.Builder request(CallSpec spec, HttpUrl url, long nanos)
      throws CredentialException {
    Request.Builder request = origin.start(spec, url);
    headers.addTo(request, ProxyProtocol.AUTHORIZATION, spec.headers());
    request
        .header(ProxyProtocol.TARGET, binding)
        .header(ProxyProtocol.TIMEOUT, timeout(nanos) + ProxyProtocol.UNTIL_HEADERS);
    if (spec.object() != null) {
      request.header(ProxyProtocol.OBJECT, spec.object());
    }
    if (spec.rpc()) {
      request.header(ProxyProtocol.OPERATION, ProxyProtocol.RPC);
    }
    return request;
  }

  /**
   * A little less than the attempt's limit, so that the proxy stops the target before we leave. A
   * body is limited by the client alone: it closes the connection, which stops the target.
   */
  static String timeout(long nanos) {
    long limit = TimeUnit.NANOSECONDS.toMillis(nanos);
    return Long.toString(Math.min(Math.max(Math.max(limit - 100, limit / 2), 1), 600_000));
  }
}

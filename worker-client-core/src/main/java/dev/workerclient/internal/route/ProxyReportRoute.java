package dev.workerclient.internal.route;

import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.classify.Provenance;
import dev.workerclient.internal.classify.ProxyProtocol;
import dev.workerclient.internal.http.CallSpec;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** To the binding proxy itself, for what it says of its bindings. */
public final class ProxyReportRoute implements Route {
  private final Origin origin;
  private final RouteHeaders headers;
  private final @Nullable String binding;

  private ProxyReportRoute(Origin origin, RouteHeaders headers, @Nullable String binding) {
    this.origin = origin;
    this.headers = headers;
    this.binding = binding;
  }

  /** Asks of all bindings; the proxy asks their health paths for it. */
  public static ProxyReportRoute ofAll(Origin origin, RouteHeaders headers) {
    return new ProxyReportRoute(origin, headers, null);
  }

  /** The same proxy asked of one binding alone, without a request to its target. */
  public ProxyReportRoute ofBinding(String name) {
    return new ProxyReportRoute(origin, headers, name);
  }

  @Override
  public String name() {
    return BindingProxyRoute.NAME;
  }

  @Override
  public Provenance provenance() {
    return Provenance.PROXY_ITSELF;
  }

  @Override
  public boolean servesRpc() {
    return false;
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
    // It answers when its slowest probe has: the rest is for the way there and back.
    long share = binding == null ? nanos / 4 * 3 : nanos;
    request.header(ProxyProtocol.TIMEOUT, BindingProxyRoute.timeout(share));
    if (binding == null) {
      return request.header(ProxyProtocol.OPERATION, ProxyProtocol.DIAGNOSE);
    }
    return request
        .header(ProxyProtocol.OPERATION, ProxyProtocol.DIAGNOSE_BINDING)
        .header(ProxyProtocol.TARGET, binding);
  }
}

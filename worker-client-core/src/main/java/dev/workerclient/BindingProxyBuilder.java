package dev.workerclient;

import dev.workerclient.internal.route.RouteHeaders;
import java.util.Objects;
import java.util.function.Supplier;

/** Configures what is sent to the binding proxy only. Not thread-safe. */
public final class BindingProxyBuilder {
  private final RouteHeaders.Builder headers;

  BindingProxyBuilder(RouteHeaders.Builder headers) {
    this.headers = headers;
  }

  /**
   * Sets the proxy's bearer token. Default: none.
   *
   * @throws IllegalArgumentException if it is empty or not visible ASCII
   */
  public BindingProxyBuilder bearerToken(String token) {
    Objects.requireNonNull(token, "token");
    headers.bearerToken(token);
    return this;
  }

  /**
   * Sets the supplier of the proxy's token, which is called for each attempt, and once more after a
   * 401. If it throws, nothing is sent on this route: the attempt fails with {@code WORKER_CALL},
   * and another route may be tried.
   */
  public BindingProxyBuilder bearerToken(Supplier<String> token) {
    Objects.requireNonNull(token, "token");
    headers.bearerToken(token);
    return this;
  }

  /**
   * Sets the Cloudflare Access service token, for a proxy behind Access. Default: none.
   *
   * @throws IllegalArgumentException if one of them is empty or not visible ASCII
   */
  public BindingProxyBuilder accessServiceToken(String id, String secret) {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(secret, "secret");
    headers.accessServiceToken(id, secret);
    return this;
  }
}

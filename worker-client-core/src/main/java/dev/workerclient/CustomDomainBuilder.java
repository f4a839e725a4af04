package dev.workerclient;

import dev.workerclient.internal.engine.ClientSettings.ServiceSettings;
import dev.workerclient.internal.http.HeaderText;
import dev.workerclient.internal.route.PathTemplate;
import java.util.Objects;
import java.util.function.Supplier;

/** Configures what is sent to one custom domain only. Not thread-safe. */
public final class CustomDomainBuilder {
  private final ServiceSettings settings;

  CustomDomainBuilder(ServiceSettings settings) {
    this.settings = settings;
  }

  /**
   * Sets the token for {@code Authorization: Bearer}. An {@code Authorization} header of the
   * request replaces it. Default: none.
   *
   * @throws IllegalArgumentException if it is empty or not visible ASCII
   */
  public CustomDomainBuilder bearerToken(String token) {
    Objects.requireNonNull(token, "token");
    settings.domainHeaders.bearerToken(token);
    return this;
  }

  /**
   * Sets the supplier of the bearer token, which is called for each attempt. If it throws, nothing
   * is sent on this route: the attempt fails with {@code WORKER_CALL}, and another route may be
   * tried.
   */
  public CustomDomainBuilder bearerToken(Supplier<String> token) {
    Objects.requireNonNull(token, "token");
    settings.domainHeaders.bearerToken(token);
    return this;
  }

  /**
   * Sets the Cloudflare Access service token, for a domain behind Access. Default: none.
   *
   * @throws IllegalArgumentException if one of them is empty or not visible ASCII
   */
  public CustomDomainBuilder accessServiceToken(String id, String secret) {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(secret, "secret");
    settings.domainHeaders.accessServiceToken(id, secret);
    return this;
  }

  /**
   * Adds a header to every request to this domain. It replaces the service's or the client's header
   * of the same name; the request's replaces it.
   *
   * @throws IllegalArgumentException if name or value is not valid in a header, or if the client
   *     sets that header itself
   */
  public CustomDomainBuilder header(String name, String value) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
    settings.domainHeaders.header(name, value);
    return this;
  }

  /**
   * Declares that the target sends this header with every response, including errors. A response
   * without it then can't be the target's, so that more failures can safely be sent on another
   * route. Default: none.
   *
   * @throws IllegalArgumentException if it is not a header name
   */
  public CustomDomainBuilder stampedBy(String header) {
    Objects.requireNonNull(header, "header");
    settings.stamp = HeaderText.requireName(header);
    return this;
  }

  /**
   * Declares that the target serves Cap'n Web batches at that path, so that RPC calls may go to it
   * directly; see {@code worker-client-rpc}. Default: none, RPC goes through the binding proxy
   * only.
   *
   * @throws IllegalArgumentException if it is not a path, or has a query
   */
  public CustomDomainBuilder rpcPath(String path) {
    Objects.requireNonNull(path, "path");
    PathTemplate.requireValid(path);
    settings.rpcPath = path;
    return this;
  }
}

package dev.workerclient;

import dev.workerclient.internal.engine.ClientSettings.ServiceSettings;
import dev.workerclient.internal.http.HeaderText;
import dev.workerclient.internal.route.PathTemplate;
import java.util.Objects;
import java.util.function.Supplier;

/** Sets what the client sends to one custom domain, and to nothing else. Not thread-safe. */
public final class CustomDomainBuilder {
  private final ServiceSettings settings;

  CustomDomainBuilder(ServiceSettings settings) {
    this.settings = settings;
  }

  /**
   * Sets the token that the target takes in {@code Authorization}; a request's own {@code
   * Authorization} header replaces it.
   *
   * @throws IllegalArgumentException if it is empty or not visible ASCII
   */
  public CustomDomainBuilder bearerToken(String token) {
    Objects.requireNonNull(token, "token");
    settings.domainHeaders.bearerToken(token);
    return this;
  }

  /** Sets where to read the target's token, for each attempt. */
  public CustomDomainBuilder bearerToken(Supplier<String> token) {
    Objects.requireNonNull(token, "token");
    settings.domainHeaders.bearerToken(token);
    return this;
  }

  /**
   * Sets the Cloudflare Access service token for a domain behind Access.
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
   * Adds a header to every request to this domain. It replaces a header of that name that the
   * service or the client sets; a request's own replaces it.
   *
   * @throws IllegalArgumentException if it is no header, or one that the client sets itself
   */
  public CustomDomainBuilder header(String name, String value) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
    settings.domainHeaders.header(name, value);
    return this;
  }

  /**
   * Declares that the target sends this header on every response, errors too. A response without it
   * is then known not to be the target's, so that more failures can safely go on to another route.
   *
   * @throws IllegalArgumentException if it is no header name
   */
  public CustomDomainBuilder stampedBy(String header) {
    Objects.requireNonNull(header, "header");
    settings.stamp = HeaderText.requireName(header);
    return this;
  }

  /**
   * Declares that the target serves Cap'n Web batches at that path, so that RPC calls may go to it
   * directly; see {@code worker-client-rpc}. Unless set, RPC goes through the binding proxy alone.
   *
   * @throws IllegalArgumentException if it is no path, or has a query
   */
  public CustomDomainBuilder rpcPath(String path) {
    Objects.requireNonNull(path, "path");
    PathTemplate.requireValid(path);
    settings.rpcPath = path;
    return this;
  }
}

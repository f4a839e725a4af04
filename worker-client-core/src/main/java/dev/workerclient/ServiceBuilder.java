package dev.workerclient;

import dev.workerclient.internal.route.BindingProxyRoute;
import dev.workerclient.internal.route.CustomDomainRoute;
import dev.workerclient.internal.route.PathTemplate;
import dev.workerclient.internal.route.RouteHeaders;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sets how one service is reached. Not thread-safe. */
public final class ServiceBuilder {
  private static final List<String> DEFAULT_ORDER =
      List.of(BindingProxyRoute.NAME, CustomDomainRoute.NAME);

  private final CustomDomainBuilder domain = new CustomDomainBuilder();
  private @Nullable String customDomain;
  private List<String> routes = List.of();

  ServiceBuilder() {}

  /**
   * Sets the origin that the target is reached by directly: {@code https://api.example.com}, with a
   * base path where a gateway needs one. Checked by {@link WorkerClient.Builder#build}.
   */
  public ServiceBuilder customDomain(String origin) {
    this.customDomain = origin;
    return this;
  }

  /** Sets the origin, and what is sent to it alone. */
  public ServiceBuilder customDomain(String origin, Consumer<CustomDomainBuilder> settings) {
    settings.accept(domain);
    return customDomain(origin);
  }

  /**
   * Names the path of a cheap GET that answers 2xx while the service is well. It is checked, and
   * has no effect until there are health checks.
   *
   * @throws IllegalArgumentException if it is no path
   */
  public ServiceBuilder healthPath(String path) {
    PathTemplate.requireValid(path);
    return this;
  }

  /**
   * Sets which routes are tried, in order. Unless set: the binding proxy, then the custom domain,
   * each where it is configured.
   *
   * @param names {@code binding-proxy} and {@code custom-domain}, each at most once
   * @throws IllegalArgumentException for any other name, one that stands twice, or none at all
   */
  public ServiceBuilder routes(String... names) {
    List<String> order = List.of(names);
    if (order.isEmpty()
        || !DEFAULT_ORDER.containsAll(order)
        || Set.copyOf(order).size() != order.size()) {
      throw new IllegalArgumentException(
          "routes(…) was given " + order + "; write one or both of " + DEFAULT_ORDER);
    }
    this.routes = order;
    return this;
  }

  /** The order that was set; empty where none was. */
  List<String> routes() {
    return routes;
  }

  @Nullable String customDomain() {
    return customDomain;
  }

  RouteHeaders domainHeaders() {
    return domain.buildHeaders();
  }

  @Nullable String stamp() {
    return domain.stamp();
  }
}

package dev.workerclient.internal.engine;

import dev.workerclient.internal.engine.ClientSettings.ServiceSettings;
import dev.workerclient.internal.http.CallSpec.Header;
import dev.workerclient.internal.route.BindingProxyRoute;
import dev.workerclient.internal.route.CustomDomainRoute;
import dev.workerclient.internal.route.Origin;
import dev.workerclient.internal.route.ProxyReportRoute;
import dev.workerclient.internal.route.RequestHeaders;
import dev.workerclient.internal.route.Route;
import dev.workerclient.internal.route.RouteHeaders;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The routes of a client's services, of checked addresses. */
final class ServiceRoutes {
  private static final Logger LOGGER = LoggerFactory.getLogger("dev.workerclient");

  private final ClientSettings client;

  /** Of the binding proxy, or null. */
  private final @Nullable Origin proxy;

  private final RouteHeaders proxyHeaders;
  private final List<Header> defaults;

  /**
   * Reads the address of the binding proxy.
   *
   * @throws IllegalArgumentException if it is refused
   */
  ServiceRoutes(ClientSettings client) {
    this.client = client;
    this.proxy =
        client.proxyOrigin == null
            ? null
            : Origin.parse("bindingProxy(…)", client.proxyOrigin, client.plainHttpHosts);
    this.defaults =
        client.userAgent == null
            ? client.headers
            : RequestHeaders.merge(
                List.of(new Header("User-Agent", client.userAgent)), client.headers);
    this.proxyHeaders = client.proxyHeaders.build(defaults);
  }

  /** To the binding proxy itself, for what it says of its bindings; null if there is none. */
  @Nullable ProxyReportRoute proxyReport() {
    return proxy == null ? null : ProxyReportRoute.ofAll(proxy, proxyHeaders);
  }

  /**
   * Returns the routes of a service, in order; at least one.
   *
   * @throws IllegalArgumentException if there is none, or its address is refused
   */
  List<Route> of(String name, ServiceSettings service) {
    List<Header> headers = RequestHeaders.merge(defaults, service.headers);
    List<Route> configured = new ArrayList<>(2);
    if (proxy != null) {
      RouteHeaders own =
          service.headers.isEmpty() ? proxyHeaders : client.proxyHeaders.build(headers);
      configured.add(new BindingProxyRoute(proxy.copy(), own, name));
    }
    if (service.customDomain != null) {
      Origin origin =
          Origin.parse(
              "customDomain(…) of service " + name, service.customDomain, client.plainHttpHosts);
      warnOfWorkersDev(name, origin);
      configured.add(
          new CustomDomainRoute(
              origin, service.domainHeaders.build(headers), service.stamp, service.rpcPath));
    }
    if (configured.isEmpty()) {
      throw new IllegalArgumentException(
          "service "
              + name
              + " has no route; set bindingProxy(…) on the client, or customDomain(…) on the"
              + " service");
    }
    return service.routes.isEmpty() ? configured : inOrder(name, service.routes, configured);
  }

  private static List<Route> inOrder(String name, List<String> order, List<Route> configured) {
    List<Route> ordered = new ArrayList<>(order.size());
    for (String wanted : order) {
      ordered.add(
          configured.stream()
              .filter(route -> route.name().equals(wanted))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "service "
                              + name
                              + " lists the route "
                              + wanted
                              + ", which is not configured; "
                              + (wanted.equals(BindingProxyRoute.NAME)
                                  ? "set bindingProxy(…) on the client"
                                  : "set customDomain(…) on the service"))));
    }
    return ordered;
  }

  private static void warnOfWorkersDev(String name, Origin origin) {
    if (origin.isWorkersDev()) {
      LOGGER.warn(
          "service {} uses {}: a workers.dev host can be disabled in the dashboard, answers error"
              + " 1042 while a deployment propagates, and is not protected by your zone's firewall"
              + " or Access; prefer a custom domain",
          name,
          origin.host());
    }
  }
}

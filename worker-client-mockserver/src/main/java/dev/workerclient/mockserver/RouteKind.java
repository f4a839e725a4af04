package dev.workerclient.mockserver;

import dev.workerclient.internal.route.BindingProxyRoute;
import dev.workerclient.internal.route.CustomDomainRoute;

/** The two ways to a service. */
enum RouteKind {
  BINDING_PROXY(BindingProxyRoute.NAME, "binding"),
  CUSTOM_DOMAIN(CustomDomainRoute.NAME, "customDomain");

  /** The name that attempts and responses have it under. */
  final String routeName;

  /** The method of {@link MockService} that scripts it. */
  final String method;

  RouteKind(String routeName, String method) {
    this.routeName = routeName;
    this.method = method;
  }
}

package dev.workerclient;

import dev.workerclient.internal.route.BindingProxyRoute;
import dev.workerclient.internal.route.CustomDomainRoute;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The kinds of routes to a service. Attempts, responses, reports and listeners identify a route by
 * its {@link #routeName}; {@link #of} returns the constant for that name.
 */
public enum RouteKind {
  /** Through the binding proxy, over a service binding. */
  BINDING_PROXY(BindingProxyRoute.NAME),
  /** Directly, at the target's own custom domain. */
  CUSTOM_DOMAIN(CustomDomainRoute.NAME);

  private final String routeName;

  RouteKind(String routeName) {
    this.routeName = routeName;
  }

  /** Returns the route's name: {@code binding-proxy} or {@code custom-domain}. */
  public String routeName() {
    return routeName;
  }

  /**
   * Returns the kind of the route of that name, as in {@code RouteKind.of(response.route())}.
   *
   * @throws IllegalArgumentException if there is no such kind; a {@code ServiceError} from another
   *     service may contain any name
   */
  public static RouteKind of(String routeName) {
    Objects.requireNonNull(routeName, "routeName");
    for (RouteKind kind : values()) {
      if (kind.routeName.equals(routeName)) {
        return kind;
      }
    }
    throw new IllegalArgumentException(
        "no route is named "
            + Arguments.quote(routeName)
            + "; there are "
            + BindingProxyRoute.NAME
            + " and "
            + CustomDomainRoute.NAME);
  }

  static String[] names(RouteKind first, RouteKind... further) {
    return Stream.concat(Stream.of(first), Stream.of(further))
        .map(RouteKind::routeName)
        .toArray(String[]::new);
  }

  /** Returns the {@link #routeName}. */
  @Override
  public String toString() {
    return routeName;
  }
}

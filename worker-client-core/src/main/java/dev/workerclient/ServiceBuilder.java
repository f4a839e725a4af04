package dev.workerclient;

import dev.workerclient.internal.engine.ClientSettings.ServiceSettings;
import dev.workerclient.internal.route.BindingProxyRoute;
import dev.workerclient.internal.route.CustomDomainRoute;
import dev.workerclient.internal.route.PathTemplate;
import dev.workerclient.internal.route.RequestHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/** Sets how one service is reached. Not thread-safe. */
public final class ServiceBuilder {
  private static final List<String> DEFAULT_ORDER =
      List.of(BindingProxyRoute.NAME, CustomDomainRoute.NAME);

  private final ServiceSettings settings;

  ServiceBuilder(ServiceSettings settings) {
    this.settings = settings;
  }

  /**
   * Sets the origin that the target is reached by directly: {@code https://api.example.com}, with a
   * base path where a gateway needs one. Checked by {@link WorkerClient.Builder#build}.
   */
  public ServiceBuilder customDomain(String origin) {
    settings.customDomain = Objects.requireNonNull(origin, "origin");
    return this;
  }

  /** Sets the origin, and what is sent to it alone. */
  public ServiceBuilder customDomain(String origin, Consumer<CustomDomainBuilder> settings) {
    Objects.requireNonNull(origin, "origin");
    Objects.requireNonNull(settings, "settings");
    settings.accept(new CustomDomainBuilder(this.settings));
    return customDomain(origin);
  }

  /**
   * Names the path of a cheap GET that answers while the service is healthy. With it, the client
   * sends such a GET, beside users' calls and on a thread of its own, to find out if a skipped
   * route is healthy again; without it, a user's call finds out.
   *
   * @throws IllegalArgumentException if it is no path
   */
  public ServiceBuilder healthPath(String path) {
    Objects.requireNonNull(path, "path");
    PathTemplate.requireValid(path);
    settings.healthPath = path;
    return this;
  }

  /**
   * Adds a header to every request to this service, by whichever route. It replaces a header of
   * that name that the client sets; the custom domain's own and the request's own replace it. The
   * same name may be added again.
   *
   * @throws IllegalArgumentException if name or value is not valid in a header, if the client sets
   *     that header itself, or if it is a credential, {@code Content-Type} or {@code
   *     Idempotency-Key}
   */
  public ServiceBuilder header(String name, String value) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
    settings.headers = RequestHeaders.plus(settings.headers, name, value);
    return this;
  }

  /** Limits a whole call to this service, instead of the client's {@code callTimeout}. */
  public ServiceBuilder callTimeout(Duration time) {
    settings.callTimeout = Arguments.requireTime("callTimeout", time);
    return this;
  }

  /** Limits one attempt of a call to this service, instead of the client's. */
  public ServiceBuilder attemptTimeout(Duration time) {
    settings.attemptTimeout = Arguments.requireTime("attemptTimeout", time);
    return this;
  }

  /** Sets how often a call to this service may be sent again, instead of the client's. */
  public ServiceBuilder retry(RetryOptions options) {
    settings.retry = Objects.requireNonNull(options, "options");
    return this;
  }

  /** Sets how much load its calls may add by being sent again, instead of the client's. */
  public ServiceBuilder retryBudget(RetryBudgetOptions options) {
    settings.retryBudget = Objects.requireNonNull(options, "options");
    return this;
  }

  /** Sets when its calls are sent by their next route too, instead of the client's. */
  public ServiceBuilder hedging(HedgingOptions options) {
    settings.hedging = Objects.requireNonNull(options, "options");
    return this;
  }

  /**
   * Sets whether its attempts end before attemptTimeout once they take far longer than usual,
   * instead of the client's: as {@link WorkerClient.Builder#adaptiveAttemptTimeout}.
   */
  public ServiceBuilder adaptiveAttemptTimeout(boolean adaptive) {
    settings.adaptiveAttemptTimeout = adaptive;
    return this;
  }

  /** Sets when a route of this service is skipped, instead of the client's. */
  public ServiceBuilder circuitBreaker(CircuitBreakerOptions options) {
    settings.circuitBreaker = Objects.requireNonNull(options, "options");
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
    Arguments.requireNoNull(names, "names");
    List<String> order = List.of(names);
    if (order.isEmpty()
        || !DEFAULT_ORDER.containsAll(order)
        || Set.copyOf(order).size() != order.size()) {
      throw new IllegalArgumentException(
          "routes(…) was given " + order + "; write one or both of " + DEFAULT_ORDER);
    }
    settings.routes = order;
    return this;
  }

  /**
   * Sets which routes are tried, in order, as {@link #routes(String...)}.
   *
   * @throws IllegalArgumentException for a route that is listed twice
   */
  public ServiceBuilder routes(RouteKind first, RouteKind... further) {
    Objects.requireNonNull(first, "first");
    Arguments.requireNoNull(further, "further");
    return routes(RouteKind.names(first, further));
  }
}

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

/** Configures one service. Not thread-safe. */
public final class ServiceBuilder {
  private static final List<String> DEFAULT_ORDER =
      List.of(BindingProxyRoute.NAME, CustomDomainRoute.NAME);

  private final ServiceSettings settings;

  ServiceBuilder(ServiceSettings settings) {
    this.settings = settings;
  }

  /**
   * Sets the origin at which the target is reached directly, such as {@code
   * https://orders.example.com}, with a base path if a gateway needs one. Checked by {@link
   * WorkerClient.Builder#build}. Default: none.
   */
  public ServiceBuilder customDomain(String origin) {
    settings.customDomain = Objects.requireNonNull(origin, "origin");
    return this;
  }

  /** Sets the origin, and the credentials and headers for this origin only. */
  public ServiceBuilder customDomain(String origin, Consumer<CustomDomainBuilder> settings) {
    Objects.requireNonNull(origin, "origin");
    Objects.requireNonNull(settings, "settings");
    settings.accept(new CustomDomainBuilder(this.settings));
    return customDomain(origin);
  }

  /**
   * Sets the path of a cheap GET that answers 2xx while the service is healthy. The client requests
   * it in the background to find out if a skipped route is healthy again; without a health path,
   * one of your calls has to find out. Default: none.
   *
   * @throws IllegalArgumentException if it is not a path
   */
  public ServiceBuilder healthPath(String path) {
    Objects.requireNonNull(path, "path");
    PathTemplate.requireValid(path);
    settings.healthPath = path;
    return this;
  }

  /**
   * Adds a header to every request to this service, on all routes. It replaces the client's header
   * of the same name; the custom domain's and the request's replace it. Calling this again with the
   * same name adds another value.
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

  /** Limits a whole call to this service. Default: the client's {@code callTimeout}. */
  public ServiceBuilder callTimeout(Duration time) {
    settings.callTimeout = Arguments.requireTime("callTimeout", time);
    return this;
  }

  /** Limits one attempt of a call to this service. Default: the client's {@code attemptTimeout}. */
  public ServiceBuilder attemptTimeout(Duration time) {
    settings.attemptTimeout = Arguments.requireTime("attemptTimeout", time);
    return this;
  }

  /** Sets how often a call to this service may be sent again. Default: the client's options. */
  public ServiceBuilder retry(RetryOptions options) {
    settings.retry = Objects.requireNonNull(options, "options");
    return this;
  }

  /** Sets how much extra load retries to this service may cause. Default: the client's options. */
  public ServiceBuilder retryBudget(RetryBudgetOptions options) {
    settings.retryBudget = Objects.requireNonNull(options, "options");
    return this;
  }

  /**
   * Sets when calls to this service are also sent on their next route. Default: the client's
   * options.
   */
  public ServiceBuilder hedging(HedgingOptions options) {
    settings.hedging = Objects.requireNonNull(options, "options");
    return this;
  }

  /**
   * Sets whether attempts end before attemptTimeout if they take far longer than usual; see {@link
   * WorkerClient.Builder#adaptiveAttemptTimeout}. Default: the client's setting.
   */
  public ServiceBuilder adaptiveAttemptTimeout(boolean adaptive) {
    settings.adaptiveAttemptTimeout = adaptive;
    return this;
  }

  /** Sets when a failing route of this service is skipped. Default: the client's options. */
  public ServiceBuilder circuitBreaker(CircuitBreakerOptions options) {
    settings.circuitBreaker = Objects.requireNonNull(options, "options");
    return this;
  }

  /**
   * Sets which routes are tried, in order. Default: the binding proxy, then the custom domain, each
   * if it is configured.
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
   * Sets which routes are tried, in order; see {@link #routes(String...)}.
   *
   * @throws IllegalArgumentException for a route that is listed twice
   */
  public ServiceBuilder routes(RouteKind first, RouteKind... further) {
    Objects.requireNonNull(first, "first");
    Arguments.requireNoNull(further, "further");
    return routes(RouteKind.names(first, further));
  }
}

package dev.workerclient;

import dev.workerclient.internal.http.CallSpec;
import dev.workerclient.internal.route.BindingProxyRoute;
import dev.workerclient.internal.route.CustomDomainRoute;
import dev.workerclient.internal.route.PathTemplate;
import dev.workerclient.internal.route.RouteHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sets how one service is reached. Not thread-safe. */
public final class ServiceBuilder {
  private static final List<String> DEFAULT_ORDER =
      List.of(BindingProxyRoute.NAME, CustomDomainRoute.NAME);

  final DefaultHeaders headers = new DefaultHeaders();
  private final CustomDomainBuilder domain = new CustomDomainBuilder();
  private @Nullable String customDomain;
  private List<String> routes = List.of();
  @Nullable String healthPath;
  @Nullable Duration callTimeout;
  @Nullable Duration attemptTimeout;
  @Nullable RetryOptions retry;
  @Nullable RetryBudgetOptions retryBudget;
  @Nullable CircuitBreakerOptions circuitBreaker;

  ServiceBuilder() {}

  /**
   * Sets the origin that the target is reached by directly: {@code https://api.example.com}, with a
   * base path where a gateway needs one. Checked by {@link WorkerClient.Builder#build}.
   */
  public ServiceBuilder customDomain(String origin) {
    this.customDomain = Objects.requireNonNull(origin, "origin");
    return this;
  }

  /** Sets the origin, and what is sent to it alone. */
  public ServiceBuilder customDomain(String origin, Consumer<CustomDomainBuilder> settings) {
    Objects.requireNonNull(origin, "origin");
    Objects.requireNonNull(settings, "settings");
    settings.accept(domain);
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
    this.healthPath = path;
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
    headers.add(name, value);
    return this;
  }

  /** Limits a whole call to this service, instead of the client's {@code callTimeout}. */
  public ServiceBuilder callTimeout(Duration time) {
    this.callTimeout = Durations.require("callTimeout", time);
    return this;
  }

  /** Limits one attempt of a call to this service, instead of the client's. */
  public ServiceBuilder attemptTimeout(Duration time) {
    this.attemptTimeout = Durations.require("attemptTimeout", time);
    return this;
  }

  /** Sets how often a call to this service may be sent again, instead of the client's. */
  public ServiceBuilder retry(RetryOptions options) {
    this.retry = Objects.requireNonNull(options, "options");
    return this;
  }

  /** Sets how much load its calls may add by being sent again, instead of the client's. */
  public ServiceBuilder retryBudget(RetryBudgetOptions options) {
    this.retryBudget = Objects.requireNonNull(options, "options");
    return this;
  }

  /** Sets when a route of this service is skipped, instead of the client's. */
  public ServiceBuilder circuitBreaker(CircuitBreakerOptions options) {
    this.circuitBreaker = Objects.requireNonNull(options, "options");
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
    Nulls.requireNone(names, "names");
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

  /**
   * Sets which routes are tried, in order, as {@link #routes(String...)}.
   *
   * @throws IllegalArgumentException for a route that is listed twice
   */
  public ServiceBuilder routes(RouteKind first, RouteKind... further) {
    Objects.requireNonNull(first, "first");
    Nulls.requireNone(further, "further");
    return routes(RouteKind.names(first, further));
  }

  /** The order that was set; empty where none was. */
  List<String> routes() {
    return routes;
  }

  @Nullable String customDomain() {
    return customDomain;
  }

  RouteHeaders domainHeaders(List<CallSpec.Header> defaults) {
    return domain.buildHeaders(defaults);
  }

  @Nullable String stamp() {
    return domain.stamp();
  }

  @Nullable String rpcPath() {
    return domain.rpcPath();
  }
}

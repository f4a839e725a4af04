package dev.workerclient.spring.boot;

import dev.workerclient.RouteKind;
import dev.workerclient.spring.boot.WorkerClientProperties.AccessServiceToken;
import dev.workerclient.spring.boot.WorkerClientProperties.CircuitBreaker;
import dev.workerclient.spring.boot.WorkerClientProperties.Hedging;
import dev.workerclient.spring.boot.WorkerClientProperties.Retry;
import dev.workerclient.spring.boot.WorkerClientProperties.RetryBudget;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code worker-client.services.<key>.*}. Null means the client's value. Immutable.
 *
 * @param binding The binding's name, if it is not the key's: one with lower case letters or {@code
 *     $}.
 * @param customDomain The service's custom domain.
 * @param healthPath Path of a cheap GET that answers 2xx while the service is healthy.
 * @param routes Routes that are tried, in order: binding-proxy and custom-domain. Default: those
 *     that are configured, in this order.
 * @param headers Headers of every request to this service.
 * @param callTimeout Limit of a whole call to this service.
 * @param attemptTimeout Limit of one attempt.
 * @param adaptiveAttemptTimeout Whether an attempt ends early that takes far longer than usual.
 * @param retry How often a call may be sent again.
 * @param retryBudget How much load calls may add by being sent again.
 * @param hedging When a call is sent by its next route too.
 * @param circuitBreaker When a route of this service is skipped.
 * @param httpServiceGroups Groups of HTTP interfaces, as of {@code @ImportHttpServices}, that call
 *     this service. Default: the group of the service's name, in any case, with or without '-' and
 *     '_'.
 */
public record WorkerServiceProperties(
    @Nullable String binding,
    @Nullable CustomDomain customDomain,
    @Nullable String healthPath,
    @DefaultValue List<RouteKind> routes,
    @DefaultValue Map<String, String> headers,
    @Nullable Duration callTimeout,
    @Nullable Duration attemptTimeout,
    @Nullable Boolean adaptiveAttemptTimeout,
    @Nullable Retry retry,
    @Nullable RetryBudget retryBudget,
    @Nullable Hedging hedging,
    @Nullable CircuitBreaker circuitBreaker,
    @DefaultValue List<String> httpServiceGroups) {
  private static final WorkerServiceProperties NOTHING =
      new WorkerServiceProperties(
          null, null, null, List.of(), Map.of(), null, null, null, null, null, null, null,
          List.of());

  /** Keeps copies. */
  public WorkerServiceProperties {
    routes = List.copyOf(routes);
    headers = Copies.of(headers);
    httpServiceGroups = List.copyOf(httpServiceGroups);
  }

  /** Whether nothing is set. */
  boolean isEmpty() {
    return equals(NOTHING);
  }

  /** Shows no header's value, which may be a credential. */
  @Override
  public String toString() {
    return "WorkerServiceProperties[customDomain=" + customDomain + ", routes=" + routes + "]";
  }

  /**
   * The custom domain of a service, and what is sent to it alone.
   *
   * @param url Address of the custom domain, such as https://orders.example.com.
   * @param bearerToken Token that the service takes.
   * @param accessServiceToken Cloudflare Access service token of a domain behind Access.
   * @param headers Headers of every request to this domain.
   * @param stampedBy Header that the service sends on every response, errors too.
   * @param rpcPath Path at which the service serves Cap'n Web batches.
   */
  public record CustomDomain(
      @Nullable String url,
      @Nullable String bearerToken,
      @Nullable AccessServiceToken accessServiceToken,
      @DefaultValue Map<String, String> headers,
      @Nullable String stampedBy,
      @Nullable String rpcPath) {

    /** Keeps a copy. */
    public CustomDomain {
      headers = Copies.of(headers);
    }

    /** Shows no secret. */
    @Override
    public String toString() {
      return "CustomDomain[url=" + url + "]";
    }
  }
}

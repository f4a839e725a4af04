package dev.workerclient.spring.boot;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The properties {@code worker-client.*}. Null means the client's own default. Values are checked
 * when the client is built, so that no failure quotes a secret. Immutable.
 *
 * @param enabled Whether to configure a WorkerClient.
 * @param bindingProxy The binding proxy that all services share.
 * @param services The services. A key is the binding's name, in which lower case and '-' stand for
 *     upper case and '_'.
 * @param headers Headers of every request to every service.
 * @param userAgent User-Agent of every request. Default: worker-client and its version.
 * @param callTimeout Limit of a whole call with its retries. Default: 10s.
 * @param attemptTimeout Limit of one attempt. Default: 3s.
 * @param adaptiveAttemptTimeout Whether an attempt ends early that takes far longer than usual.
 *     Default: true.
 * @param connectTimeout Limit of making a connection to one address. Default: 2s.
 * @param connectionMaxAge Age at which a pooled connection is replaced. Default: none.
 * @param healthTimeout Limit of each request of a health check or diagnosis. Default: 2s.
 * @param readIdleTimeout Limit of each wait for more of a streamed body. Default: 30s.
 * @param maxResponseSize Largest buffered response body, after decompression. Default: 16MB.
 * @param maxConcurrentCalls Most async calls that run at once; others wait. Default: 256.
 * @param retry How often a call may be sent again.
 * @param retryBudget How much load calls may add by being sent again.
 * @param hedging When a call is sent by its next route too.
 * @param circuitBreaker When a route that fails is skipped.
 * @param allowPlainHttp Hosts that plain http is allowed to, besides loopback. Requests travel
 *     there readable by anyone on the way.
 * @param ssl TLS settings of all connections.
 * @param warmUp Whether to connect to every route before the web server takes requests.
 * @param problemDetails How a WorkerException is answered that no controller handles.
 */
@ConfigurationProperties("worker-client")
public record WorkerClientProperties(
    @DefaultValue("true") boolean enabled,
    @Nullable BindingProxy bindingProxy,
    @DefaultValue Map<String, WorkerServiceProperties> services,
    @DefaultValue Map<String, String> headers,
    @Nullable String userAgent,
    @Nullable Duration callTimeout,
    @Nullable Duration attemptTimeout,
    @Nullable Boolean adaptiveAttemptTimeout,
    @Nullable Duration connectTimeout,
    @Nullable Duration connectionMaxAge,
    @Nullable Duration healthTimeout,
    @Nullable Duration readIdleTimeout,
    @Nullable DataSize maxResponseSize,
    @Nullable Integer maxConcurrentCalls,
    @Nullable Retry retry,
    @Nullable RetryBudget retryBudget,
    @Nullable Hedging hedging,
    @Nullable CircuitBreaker circuitBreaker,
    @DefaultValue List<String> allowPlainHttp,
    @DefaultValue Ssl ssl,
    @DefaultValue("false") boolean warmUp,
    @DefaultValue ProblemDetails problemDetails) {

  /** Keeps copies. */
  public WorkerClientProperties {
    services = Copies.of(services);
    headers = Copies.of(headers);
    allowPlainHttp = List.copyOf(allowPlainHttp);
  }

  /** Shows no header's value, which may be a credential. */
  @Override
  public String toString() {
    return "WorkerClientProperties[bindingProxy=" + bindingProxy + ", services=" + services + "]";
  }

  /**
   * The binding proxy.
   *
   * @param url Address of the binding proxy, such as https://workers-proxy.example.com.
   * @param bearerToken Token that the binding proxy takes.
   * @param accessServiceToken Cloudflare Access service token of a proxy behind Access.
   */
  public record BindingProxy(
      @Nullable String url,
      @Nullable String bearerToken,
      @Nullable AccessServiceToken accessServiceToken) {
    /** Shows no secret. */
    @Override
    public String toString() {
      return "BindingProxy[url=" + url + "]";
    }
  }

  /**
   * A Cloudflare Access service token.
   *
   * @param id Client ID of the Access service token.
   * @param secret Client secret of the Access service token.
   */
  public record AccessServiceToken(@Nullable String id, @Nullable String secret) {
    /** Shows no secret. */
    @Override
    public String toString() {
      return "AccessServiceToken[id=" + id + "]";
    }
  }

  /**
   * How often a call may be sent again.
   *
   * @param enabled Whether a route may be tried again within a call. If not, the other route may
   *     still be tried.
   * @param maxAttempts Most attempts of one call, over all routes. Default: 3.
   * @param firstBackoff Longest first wait. Default: 100ms.
   * @param maxBackoff Longest wait. Default: 2s.
   */
  public record Retry(
      @DefaultValue("true") boolean enabled,
      @Nullable Integer maxAttempts,
      @Nullable Duration firstBackoff,
      @Nullable Duration maxBackoff) {}

  /**
   * How much load a service's calls may add by being sent again.
   *
   * @param enabled Whether there is a budget.
   * @param capacity Tokens of a full bucket. Default: 500.
   * @param transientCost Tokens that sending again takes after a transient failure. Default: 14.
   * @param throttledCost Tokens that sending again takes after a rate limit. Default: 5.
   */
  public record RetryBudget(
      @DefaultValue("true") boolean enabled,
      @Nullable Integer capacity,
      @Nullable Integer transientCost,
      @Nullable Integer throttledCost) {}

  /**
   * When a call is sent by its next route too, since the first one takes longer than usual.
   *
   * @param enabled Whether calls are hedged.
   * @param percentile Percentage of the usual answers after which one is late. Default: 99.
   * @param minDelay Time before which no call is hedged. Default: 10ms.
   * @param maxDelay Time after which a call is hedged. Default: 1s.
   * @param maxPercent How many of 100 calls may be hedged in the long run. Default: 5.
   * @param allRepeatable Whether every repeatable call is hedged, and not only reads. Default:
   *     false.
   */
  public record Hedging(
      @DefaultValue("true") boolean enabled,
      @Nullable Integer percentile,
      @Nullable Duration minDelay,
      @Nullable Duration maxDelay,
      @Nullable Integer maxPercent,
      @Nullable Boolean allRepeatable) {}

  /**
   * When a route that fails is skipped. With nothing but {@code enabled} set, the breaker adapts;
   * any other value makes one with fixed thresholds.
   *
   * @param enabled Whether there are circuit breakers.
   * @param window How many of the last calls count. Default with fixed thresholds: 10.
   * @param minimumCalls How many calls there must be before they count. Default with fixed
   *     thresholds: 5.
   * @param failureRate Percentage of failures that opens the breaker. Default with fixed
   *     thresholds: 50.
   * @param slowCallRate Percentage of slow calls that opens the breaker. Default with fixed
   *     thresholds: 100.
   * @param slowCallDuration Duration above which a call is slow. Default with fixed thresholds: 1m.
   * @param openTime How long the breaker stays open, give or take a fifth. Default with fixed
   *     thresholds: 30s.
   */
  public record CircuitBreaker(
      @DefaultValue("true") boolean enabled,
      @Nullable Integer window,
      @Nullable Integer minimumCalls,
      @Nullable Integer failureRate,
      @Nullable Integer slowCallRate,
      @Nullable Duration slowCallDuration,
      @Nullable Duration openTime) {}

  /**
   * TLS settings.
   *
   * @param bundle Name of the SSL bundle for all connections: its key store holds the client
   *     certificate, its trust store the authorities.
   */
  public record Ssl(@Nullable String bundle) {}

  /**
   * How a WorkerException is answered.
   *
   * @param enabled Whether to answer a WorkerException that no controller handles with a problem
   *     detail that names no service, cause or fix.
   */
  public record ProblemDetails(@DefaultValue("true") boolean enabled) {}
}

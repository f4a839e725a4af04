package dev.workerclient.internal.engine;

import dev.workerclient.CircuitBreakerOptions;
import dev.workerclient.HedgingOptions;
import dev.workerclient.RetryBudgetOptions;
import dev.workerclient.RetryOptions;
import dev.workerclient.internal.call.CallPath.Sleeper;
import dev.workerclient.internal.http.CallSpec.Header;
import dev.workerclient.internal.route.RouteHeaders;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.RetryRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** What the builders of a client were told, each value checked by its setter. Not thread-safe. */
public final class ClientSettings {
  public @Nullable String proxyOrigin;
  public final RouteHeaders.Builder proxyHeaders = new RouteHeaders.Builder("the binding proxy");
  public final Map<String, ServiceSettings> services = new LinkedHashMap<>();

  /** In lower case. */
  public final Set<String> plainHttpHosts = new HashSet<>();

  public List<Header> headers = List.of();
  public @Nullable String userAgent;
  public Duration callTimeout = Duration.ofSeconds(10);
  public Duration attemptTimeout = Duration.ofSeconds(3);
  public Duration connectTimeout = Duration.ofSeconds(2);
  public @Nullable Duration connectionMaxAge;
  public Duration healthTimeout = Duration.ofSeconds(2);
  public Duration readIdleTimeout = Duration.ofSeconds(30);
  public long maxResponseBytes = 16L << 20;
  public int maxConcurrentCalls = 256;
  public @Nullable OkHttpClient okHttpClient;
  public @Nullable Executor executor;
  public @Nullable Executor probeExecutor;
  public RetryOptions retry = RetryOptions.ofDefaults();
  public RetryBudgetOptions retryBudget = RetryBudgetOptions.ofDefaults();

  /** Null for the defaults if no code of the application could tell the thread. */
  public @Nullable HedgingOptions hedging;

  public boolean adaptiveAttemptTimeout = true;
  public CircuitBreakerOptions circuitBreaker = CircuitBreakerOptions.ofDefaults();
  public @Nullable RetryRegistry retryRegistry;
  public @Nullable CircuitBreakerRegistry circuitBreakerRegistry;
  public Sleeper sleeper = (time, cancellation) -> cancellation.await(time);
  public DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();
  public Clock clock = Clock.systemUTC();
  public LongSupplier nanoTime = System::nanoTime;

  /** What they were told of one service; null stands for the client's value. */
  public static final class ServiceSettings {
    public List<Header> headers = List.of();
    public @Nullable String customDomain;
    public final RouteHeaders.Builder domainHeaders = new RouteHeaders.Builder("the custom domain");
    public @Nullable String stamp;
    public @Nullable String rpcPath;

    /** In order; empty for all that are configured. */
    public List<String> routes = List.of();

    public @Nullable String healthPath;
    public @Nullable Duration callTimeout;
    public @Nullable Duration attemptTimeout;
    public @Nullable RetryOptions retry;
    public @Nullable RetryBudgetOptions retryBudget;
    public @Nullable HedgingOptions hedging;
    public @Nullable Boolean adaptiveAttemptTimeout;
    public @Nullable CircuitBreakerOptions circuitBreaker;
  }
}

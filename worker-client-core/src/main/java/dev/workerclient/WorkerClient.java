package dev.workerclient;

import dev.workerclient.error.ServiceError;
import dev.workerclient.internal.call.CallPath.Sleeper;
import dev.workerclient.internal.engine.ClientSettings;
import dev.workerclient.internal.engine.ClientSettings.ServiceSettings;
import dev.workerclient.internal.engine.Engine;
import dev.workerclient.internal.health.HealthCheck;
import dev.workerclient.internal.health.Shared;
import dev.workerclient.internal.http.HeaderText;
import dev.workerclient.internal.route.RequestHeaders;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.RetryRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Calls Cloudflare Workers. Thread-safe; create one for the application and share it.
 *
 * <pre>{@code
 * WorkerClient client =
 *     WorkerClient.builder()
 *         .bindingProxy("https://workers-proxy.example.com", proxy -> proxy.bearerToken(token))
 *         .service("ORDERS", service -> service.customDomain("https://orders.example.com"))
 *         .build();
 * Order order = client.service("ORDERS").get("/v1/orders/{id}", id).fetch(Order.class);
 * }</pre>
 */
public final class WorkerClient implements AutoCloseable {
  private static final Duration HEALTH_SHARED_FOR = Duration.ofSeconds(5);

  private final Map<String, WorkerService> services = new LinkedHashMap<>();
  private final Engine engine;
  private final Shared<HealthReport> health;

  private WorkerClient(
      Engine engine, Codec codec, List<CallListener> listeners, InstantSource clock) {
    this.engine = engine;
    this.health = new Shared<>(() -> ask(engine, clock), HEALTH_SHARED_FOR, clock);
    engine
        .services()
        .forEach(
            (name, service) ->
                services.put(
                    name, new WorkerService(new ServiceContext(service, codec, listeners), null)));
  }

  private static HealthReport ask(Engine engine, InstantSource clock) {
    HealthCheck.Result result = engine.askHealth();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return new HealthReport(now, result.services(), result.proxy());
  }

  /** Returns a new builder. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Creates the client that a file configures, such as {@code workers.yaml}. Does no network I/O.
   *
   * <p>Needs {@code worker-client-config} on the class path; its {@code WorkerClientConfig} returns
   * a builder instead, to which you can add a listener, a codec or an OkHttpClient.
   *
   * @param environment the environment of the file, such as {@code staging}
   * @throws IllegalArgumentException if the file does not configure a client for that environment;
   *     the message names file, line and key, and quotes no secret
   * @throws java.io.UncheckedIOException if the file can't be read
   * @throws IllegalStateException if worker-client-config is missing
   */
  public static WorkerClient fromConfig(Path file, String environment) {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(environment, "environment");
    return configReader().read(file, environment).build();
  }

  /**
   * Creates the client that a file without environments configures; see {@link #fromConfig(Path,
   * String)}.
   */
  public static WorkerClient fromConfig(Path file) {
    Objects.requireNonNull(file, "file");
    return configReader().read(file, null).build();
  }

  private static ConfigReader configReader() {
    return ServiceLoader.load(ConfigReader.class)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no ConfigReader: add worker-client-config to the class path"));
  }

  /**
   * Returns the service of that name.
   *
   * @throws IllegalArgumentException if the client has no service of that name; the message lists
   *     the known ones
   */
  public WorkerService service(String name) {
    Objects.requireNonNull(name, "name");
    WorkerService service = services.get(name);
    if (service == null) {
      throw new IllegalArgumentException(
          "no service "
              + Arguments.quote(name)
              + "; known are "
              + services.keySet()
              + ". Add it by service(…) on the builder");
    }
    return service;
  }

  /**
   * Checks every route of every service at the same time and waits for the results. Each route gets
   * a GET of the service's {@link ServiceBuilder#healthPath healthPath}, which must answer 2xx;
   * without a health path, a GET of {@code /}, for which any answer passes. The binding proxy also
   * reports on its bindings; it sends a GET to each that has a {@code healthPath} in the proxy's
   * configuration, and reuses the result for 5 seconds.
   *
   * <p>This takes at most {@link Builder#healthTimeout healthTimeout}, plus the same again for each
   * further 256 routes. Nothing is retried, and circuit breakers are neither consulted nor updated.
   * The report is shared: callers that ask while it is being made, or within 5 seconds after, get
   * the same one. An interrupt does not end the wait.
   *
   * @return the report; a failing route is reported, not thrown
   * @throws IllegalStateException if the client is closed
   */
  public HealthReport health() {
    engine.requireOpen();
    try {
      return health.get();
    } catch (RejectedExecutionException | CompletionException e) {
      engine.requireOpen();
      throw e;
    }
  }

  /**
   * Connects to every route of every service, so that first calls don't wait for DNS, TCP and TLS.
   * Call it before the application takes traffic; calling it again, or from several threads, is
   * harmless. It opens one connection to each address, which serves any number of concurrent calls
   * over HTTP/2, and one at a time over HTTP/1.1. An idle connection is kept for 240 seconds, or as
   * long as the pool of your OkHttpClient keeps it.
   *
   * <p>To connect, a request is sent with the route's credentials: a GET of the service's {@link
   * ServiceBuilder#healthPath healthPath} on each of its routes. Without a health path, no request
   * reaches the target: the binding proxy is asked for its list of bindings, and a custom domain
   * for {@code /cdn-cgi/trace}, which Cloudflare answers itself. A gateway that is not Cloudflare
   * gets that request and may answer 404.
   *
   * <p>Any response counts as reached, whatever its status; use {@link #health} to check the
   * routes. Nothing is retried, and circuit breakers are neither consulted nor updated. Each
   * request takes at most 5 seconds, and the whole at most 10.5 seconds. An interrupt does not end
   * the wait.
   *
   * @return an error for each route that did not respond; empty if all did. Failures of a remote
   *     are returned, not thrown
   * @throws IllegalStateException if the client is closed
   */
  public List<ServiceError> warmUp() {
    engine.requireOpen();
    try {
      return engine.warmUp();
    } catch (RejectedExecutionException | CompletionException e) {
      engine.requireOpen();
      throw e;
    }
  }

  /**
   * Resets the circuit breakers of all routes of all services: the next calls use every route,
   * whatever happened before. This also ends states that the application set in a registry, such as
   * forced open. To reset retry budgets, call {@link #resetRetryBudgets}.
   *
   * <p>Use it after a configuration error was fixed, or between tests that share a client.
   */
  public void resetBreakers() {
    engine.resetBreakers();
  }

  /** Refills the retry budgets of all services. For tests that share a client. */
  public void resetRetryBudgets() {
    engine.resetRetryBudgets();
  }

  /** Returns the names of the services, in the order in which they were added to the builder. */
  public Set<String> serviceNames() {
    return Collections.unmodifiableSet(services.keySet());
  }

  /**
   * Returns how many async calls may run at the same time; see {@link Builder#maxConcurrentCalls}.
   */
  public int maxConcurrentCalls() {
    return engine.async().most();
  }

  /**
   * Returns how many async calls are running, at most {@link #maxConcurrentCalls}. Blocking calls
   * don't count.
   */
  public int runningAsyncCalls() {
    return engine.async().running();
  }

  /**
   * Returns how many async calls are queued because {@code maxConcurrentCalls} are running, or
   * because the executor has no free thread.
   */
  public int queuedAsyncCalls() {
    return engine.async().queued();
  }

  /**
   * Closes the client: later calls throw IllegalStateException, and running attempts finish. An
   * OkHttpClient or executor that you passed in is not closed.
   */
  @Override
  public void close() {
    engine.close();
  }

  @Override
  public String toString() {
    return "WorkerClient" + services.keySet();
  }

  /**
   * Reads configuration files for {@link #fromConfig}. {@link ServiceLoader} finds the
   * implementation in {@code worker-client-config}.
   */
  public interface ConfigReader {
    /**
     * Returns a builder with the settings of the file.
     *
     * @param environment an environment in the file, or null if the file has none
     */
    Builder read(Path file, @Nullable String environment);
  }

  /**
   * Builds a {@link WorkerClient}. Not thread-safe.
   *
   * <p>Each timeout is from 1 ms to 1 day, and the shortest one that applies wins.
   */
  public static final class Builder {
    private static final Duration SHORTEST_AGE = Duration.ofSeconds(1);

    private final ClientSettings settings = new ClientSettings();
    private final BindingProxyBuilder proxy = new BindingProxyBuilder(settings.proxyHeaders);
    private final List<CallListener> listeners = new ArrayList<>();
    private @Nullable BodyCodec codec;

    private Builder() {}

    /**
     * Sets the origin of the binding proxy, which all services share, such as {@code
     * https://workers-proxy.example.com}. Default: none.
     */
    public Builder bindingProxy(String origin) {
      settings.proxyOrigin = Objects.requireNonNull(origin, "origin");
      return this;
    }

    /** Sets the origin of the binding proxy and its credentials. */
    public Builder bindingProxy(String origin, Consumer<BindingProxyBuilder> proxy) {
      Objects.requireNonNull(origin, "origin");
      Objects.requireNonNull(proxy, "proxy");
      proxy.accept(this.proxy);
      return bindingProxy(origin);
    }

    /**
     * Adds a service that is reached through the binding proxy only.
     *
     * @throws IllegalArgumentException if the name is not one that a binding can have, or is taken
     */
    public Builder service(String name) {
      Objects.requireNonNull(name, "name");
      addService(name);
      return this;
    }

    /**
     * Adds a service.
     *
     * @param name the name of its binding in the proxy
     * @throws IllegalArgumentException if the name is not one that a binding can have, or is taken
     */
    public Builder service(String name, Consumer<ServiceBuilder> service) {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(service, "service");
      service.accept(new ServiceBuilder(addService(name)));
      return this;
    }

    private ServiceSettings addService(String name) {
      ServiceSettings service = new ServiceSettings();
      if (settings.services.putIfAbsent(Arguments.requireBinding(name), service) != null) {
        throw new IllegalArgumentException(
            "service "
                + Arguments.quote(name)
                + " is there already; set all of it in one service(…)");
      }
      return service;
    }

    /**
     * Sets the {@code User-Agent} of every request. Default: {@code worker-client/} and the version
     * of this library. A {@code User-Agent} header of the client, a service, a custom domain or a
     * request replaces it.
     *
     * @throws IllegalArgumentException if it is blank or not visible ASCII
     */
    public Builder userAgent(String product) {
      Objects.requireNonNull(product, "product");
      HeaderText.requireValue("User-Agent", product);
      if (product.isBlank()) {
        throw new IllegalArgumentException(
            "the User-Agent is blank; write the application's name and version, such as"
                + " orders/1.2");
      }
      settings.userAgent = product;
      return this;
    }

    /**
     * Adds a header to every request, for all services and routes. A service, custom domain or
     * request that sets a header of the same name replaces it. Calling this again with the same
     * name adds another value.
     *
     * @throws IllegalArgumentException if name or value is not valid in a header, if the client
     *     sets that header itself, or if it is a credential, {@code Content-Type} or {@code
     *     Idempotency-Key}
     */
    public Builder header(String name, String value) {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(value, "value");
      settings.headers = RequestHeaders.plus(settings.headers, name, value);
      return this;
    }

    /**
     * Limits a whole call: all attempts, the waits between them, time in the queue, and reading a
     * buffered body. Default: 10 seconds.
     */
    public Builder callTimeout(Duration time) {
      settings.callTimeout = Arguments.requireTime("callTimeout", time);
      return this;
    }

    /**
     * Limits one attempt; for a streamed body, until the headers have arrived. Default: 3 seconds.
     */
    public Builder attemptTimeout(Duration time) {
      settings.attemptTimeout = Arguments.requireTime("attemptTimeout", time);
      return this;
    }

    /** Limits connecting to one IP address. Default: 2 seconds. */
    public Builder connectTimeout(Duration time) {
      settings.connectTimeout = Arguments.requireTime("connectTimeout", time);
      return this;
    }

    /**
     * Limits the age of pooled connections, so that calls follow DNS changes and load spreads to
     * new servers. Default: no limit, a connection lives as long as it is used. The limit of each
     * connection is shortened by up to 10 % at random, so that they are not all replaced at once.
     *
     * <p>An older HTTP/2 connection is replaced in the background: no call waits, running calls
     * finish on it, and it stays in use until a new one is connected. An older HTTP/1.1 connection
     * is closed by the call that takes it from the pool, which uses another one or connects.
     * Nothing is sent twice.
     *
     * @throws IllegalArgumentException unless it is from 1 second to 1 day
     */
    public Builder connectionMaxAge(Duration time) {
      Arguments.requireTime("connectionMaxAge", time);
      if (time.compareTo(SHORTEST_AGE) < 0) {
        throw new IllegalArgumentException(
            "connectionMaxAge was given " + time + "; write 1 second or more, such as 10 minutes");
      }
      settings.connectionMaxAge = time;
      return this;
    }

    /**
     * Limits each request of {@link WorkerClient#health} and {@link WorkerService#diagnose}. If the
     * service's attemptTimeout is shorter, that applies. Default: 2 seconds.
     */
    public Builder healthTimeout(Duration time) {
      settings.healthTimeout = Arguments.requireTime("healthTimeout", time);
      return this;
    }

    /** Limits each wait for the next bytes of a streamed body. Default: 30 seconds. */
    public Builder readIdleTimeout(Duration time) {
      settings.readIdleTimeout = Arguments.requireTime("readIdleTimeout", time);
      return this;
    }

    /**
     * Limits the size of a buffered body, in bytes after decompression. Default: 16 MiB.
     *
     * @throws IllegalArgumentException unless it is from 1 byte to 1 GiB
     */
    public Builder maxResponseBytes(long bytes) {
      if (bytes < 1 || bytes > 1L << 30) {
        throw new IllegalArgumentException(
            "maxResponseBytes was given "
                + bytes
                + "; write from 1 to 1073741824, and use executeStreaming() for larger bodies");
      }
      settings.maxResponseBytes = bytes;
      return this;
    }

    /**
     * Limits how many async calls run at the same time. Others are queued, and the wait counts
     * toward their deadline. Default: 256.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public Builder maxConcurrentCalls(int calls) {
      if (calls < 1) {
        throw new IllegalArgumentException(
            "maxConcurrentCalls was given " + calls + "; write 1 or more");
      }
      settings.maxConcurrentCalls = calls;
      return this;
    }

    /**
     * Sets the OkHttpClient whose connection pool, TLS, DNS, proxy and interceptors are used. The
     * client derives its own from it, without retries, redirects, cache and cookies. The one passed
     * in is not changed and never closed. Default: a client of its own.
     */
    public Builder okHttpClient(OkHttpClient client) {
      settings.okHttpClient = Objects.requireNonNull(client, "client");
      return this;
    }

    /**
     * Sets the executor for async calls, which the client never shuts down. Default: virtual
     * threads on Java 24 and later, otherwise daemon threads.
     */
    public Builder executor(Executor executor) {
      settings.executor = Objects.requireNonNull(executor, "executor");
      return this;
    }

    /** Sets how often a call may be sent again. Default: three attempts over all routes. */
    public Builder retry(RetryOptions options) {
      settings.retry = Objects.requireNonNull(options, "options");
      return this;
    }

    /**
     * Sets how much extra load a service's retries may cause. Default: {@link
     * RetryBudgetOptions#ofDefaults()}.
     */
    public Builder retryBudget(RetryBudgetOptions options) {
      settings.retryBudget = Objects.requireNonNull(options, "options");
      return this;
    }

    /**
     * Sets when a call is also sent on its next route because the first one takes longer than
     * usual. Default: {@link HedgingOptions#ofDefaults()}. But {@link HedgingOptions#disabled()} if
     * the OkHttpClient has interceptors, and for a service whose next route has a token supplier,
     * because a hedge runs this code on a thread other than the caller's. If your code does not
     * depend on the thread, set the options.
     */
    public Builder hedging(HedgingOptions options) {
      settings.hedging = Objects.requireNonNull(options, "options");
      return this;
    }

    /**
     * Sets whether an attempt ends before {@link #attemptTimeout} if it takes 8 times as long as 99
     * % of recent answers for its operation on its route, and at least 100 ms. This applies only to
     * repeatable calls, and only if there is time for another attempt with the full attemptTimeout.
     * Default: true.
     */
    public Builder adaptiveAttemptTimeout(boolean adaptive) {
      settings.adaptiveAttemptTimeout = adaptive;
      return this;
    }

    /**
     * Sets when a failing route is skipped. Default: {@link CircuitBreakerOptions#ofDefaults()}.
     */
    public Builder circuitBreaker(CircuitBreakerOptions options) {
      settings.circuitBreaker = Objects.requireNonNull(options, "options");
      return this;
    }

    /**
     * Sets the registry for the circuit breakers, so that resilience4j's metrics include them. A
     * breaker is named {@code <service>.<route>}. An existing breaker or configuration of that name
     * takes precedence over {@link #circuitBreaker}.
     */
    public Builder circuitBreakerRegistry(CircuitBreakerRegistry registry) {
      settings.circuitBreakerRegistry = Objects.requireNonNull(registry, "registry");
      return this;
    }

    /**
     * Sets the registry whose retries count, so that resilience4j's own metrics see them. A retry
     * is named as its service; one that is there already, or a configuration of that name, takes
     * the place of {@link #retry}.
     */
    public Builder retryRegistry(RetryRegistry registry) {
      settings.retryRegistry = Objects.requireNonNull(registry, "registry");
      return this;
    }

    /**
     * Adds a listener that is notified when calls and attempts begin and end. Listeners are called
     * in the order in which they were added; one that throws does not stop the others.
     */
    public Builder listener(CallListener listener) {
      listeners.add(Objects.requireNonNull(listener, "listener"));
      return this;
    }

    /** For tests: where probes of skipped routes run. */
    Builder probesOn(Executor executor) {
      settings.probeExecutor = executor;
      return this;
    }

    /** For tests: the sleeper, the random numbers, and the clock of the breakers. */
    Builder timing(Sleeper sleeper, DoubleSupplier random, Clock clock) {
      settings.sleeper = sleeper;
      settings.random = random;
      settings.clock = clock;
      return this;
    }

    /** For tests: the clock that tells how long a connection was idle. */
    Builder connectionClock(LongSupplier nanoTime) {
      settings.nanoTime = nanoTime;
      return this;
    }

    /** Sets the codec for bodies. Default: the one on the class path; see {@link BodyCodec}. */
    public Builder bodyCodec(BodyCodec codec) {
      this.codec = Objects.requireNonNull(codec, "codec");
      return this;
    }

    /**
     * Allows plain http to that host. Its requests are then readable by anyone on the network.
     * Loopback is always allowed.
     */
    public Builder allowPlainHttp(String host) {
      Objects.requireNonNull(host, "host");
      settings.plainHttpHosts.add(host.toLowerCase(Locale.ROOT));
      return this;
    }

    /**
     * Creates the client. Does no I/O.
     *
     * @throws IllegalArgumentException if an origin is not valid, or a service has no route
     */
    public WorkerClient build() {
      Codec bodies = Codec.of(codec);
      Engine engine = Engine.of(settings);
      return new WorkerClient(engine, bodies, List.copyOf(listeners), settings.clock);
    }
  }
}

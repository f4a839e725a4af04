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
 * Calls Cloudflare Workers. Make one for the application and share it; it is thread-safe.
 *
 * <pre>{@code
 * WorkerClient client =
 *     WorkerClient.builder()
 *         .bindingProxy("https://workers-proxy.example.com", proxy -> proxy.bearerToken(token))
 *         .service("APIMOM", service -> service.customDomain("https://api-mom.example.com"))
 *         .build();
 * Capability tts =
 *     client.service("APIMOM").get("/v1/capabilities/{name}", "tts").fetch(Capability.class);
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

  /** Starts a client. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Makes the client that a file configures, such as {@code workers.yaml}. Does no network I/O.
   *
   * <p>Needs {@code worker-client-config} on the class path; its {@code WorkerClientConfig} returns
   * a builder instead, to which a listener, a codec or an OkHttpClient can be added.
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
   * Makes the client that a file without environments configures, as {@link #fromConfig(Path,
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
   * @throws IllegalArgumentException if the builder was given none of that name
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
   * Asks every route of every service at the same time how it is, and waits for the answers: a GET
   * of the service's {@link ServiceBuilder#healthPath healthPath}, which must answer 2xx; without
   * one a GET of {@code /}, of which any answer will do. The binding proxy is asked as well what it
   * says of its bindings; for that it sends a GET to each that has a {@code healthPath} in its own
   * configuration, and reuses what came of it for 5 seconds.
   *
   * <p>It takes {@link Builder#healthTimeout healthTimeout} at most, or that again for each further
   * 256 routes. Nothing is retried, and no circuit breaker is told or asked. The report is shared:
   * whoever asks while it is made, or within 5 seconds after, gets the same. An interrupt does not
   * end the wait.
   *
   * @return what was found; a route that fails is no exception
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
   * Call it before the application takes traffic; calling it again, or from several threads, does
   * no harm. It opens one connection to each address, which serves any number of calls at once over
   * HTTP/2, and one over HTTP/1.1. An idle connection stays for 240 seconds, or for as long as the
   * pool of a given OkHttpClient keeps it.
   *
   * <p>A connection needs a request, which is sent with the route's credentials: a GET of the
   * {@link ServiceBuilder#healthPath healthPath} of each service that has one, by each of its
   * routes; without one, nothing that reaches the target. The binding proxy is then asked which
   * bindings it has, and a custom domain for {@code /cdn-cgi/trace}, which Cloudflare answers
   * itself; a gateway that is not Cloudflare gets that request, and may answer 404.
   *
   * <p>Any response counts as reached, whatever its status: {@link #health} tells how routes are.
   * Nothing is retried, and no circuit breaker is told or asked. Each request has 5 seconds, and
   * the whole takes 10.5 at most. An interrupt does not end the wait.
   *
   * @return an error for each route from which no response came; empty if all were reached. What a
   *     remote does is never thrown
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
   * Makes the circuit breakers of all routes of all services as new: their next calls use every
   * route, whatever became of earlier ones. That also ends states that the application set in a
   * registry, such as forced open. For retry budgets there is {@link #resetRetryBudgets}.
   *
   * <p>Use it after a misconfiguration was corrected, or between tests that share a client.
   */
  public void resetBreakers() {
    engine.resetBreakers();
  }

  /** Fills the retry budgets of all services: for tests that share a client. */
  public void resetRetryBudgets() {
    engine.resetRetryBudgets();
  }

  /** Returns the names of the services, in the order in which the builder was given them. */
  public Set<String> serviceNames() {
    return Collections.unmodifiableSet(services.keySet());
  }

  /** Returns how many async calls may run at once, as {@link Builder#maxConcurrentCalls} set. */
  public int maxConcurrentCalls() {
    return engine.async().most();
  }

  /**
   * Returns how many async calls run now, at most {@link #maxConcurrentCalls}. Blocking calls don't
   * count.
   */
  public int runningAsyncCalls() {
    return engine.async().running();
  }

  /**
   * Returns how many async calls have not begun: they wait until fewer than {@code
   * maxConcurrentCalls} run, or for a thread of the executor.
   */
  public int queuedAsyncCalls() {
    return engine.async().queued();
  }

  /**
   * Ends the client: later calls throw IllegalStateException, and attempts under way come to their
   * own end. An OkHttpClient or executor that the user passed in is left alone.
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
   * Reads configuration files for {@link #fromConfig}; {@link ServiceLoader} finds the one of
   * {@code worker-client-config}.
   */
  public interface ConfigReader {
    /**
     * Returns a builder with the settings of the file.
     *
     * @param environment one that the file has, or null if it has none
     */
    Builder read(Path file, @Nullable String environment);
  }

  /**
   * Builds a {@link WorkerClient}. Not thread-safe.
   *
   * <p>Each time limit is from 1 ms to 1 day, and a shorter one caps a longer.
   */
  public static final class Builder {
    private static final Duration SHORTEST_AGE = Duration.ofSeconds(1);

    private final ClientSettings settings = new ClientSettings();
    private final BindingProxyBuilder proxy = new BindingProxyBuilder(settings.proxyHeaders);
    private final List<CallListener> listeners = new ArrayList<>();
    private @Nullable BodyCodec codec;

    private Builder() {}

    /** Sets the address of the binding proxy that all services share. */
    public Builder bindingProxy(String origin) {
      settings.proxyOrigin = Objects.requireNonNull(origin, "origin");
      return this;
    }

    /** Sets the address of the binding proxy, and its credentials. */
    public Builder bindingProxy(String origin, Consumer<BindingProxyBuilder> proxy) {
      Objects.requireNonNull(origin, "origin");
      Objects.requireNonNull(proxy, "proxy");
      proxy.accept(this.proxy);
      return bindingProxy(origin);
    }

    /**
     * Adds a service that only the binding proxy reaches.
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
     * @param name its binding's name in the proxy
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
     * Adds a header to every request, to every service, by whichever route. A header of that name
     * that a service, a custom domain or a request sets replaces it. The same name may be added
     * again.
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

    /** Limits a whole call: routes, queueing, reading of a buffered body. Default: 10 seconds. */
    public Builder callTimeout(Duration time) {
      settings.callTimeout = Arguments.requireTime("callTimeout", time);
      return this;
    }

    /**
     * Limits one attempt; with a streamed body, until its headers are there. Default: 3 seconds.
     */
    public Builder attemptTimeout(Duration time) {
      settings.attemptTimeout = Arguments.requireTime("attemptTimeout", time);
      return this;
    }

    /** Limits the making of a connection to one address. Default: 2 seconds. */
    public Builder connectTimeout(Duration time) {
      settings.connectTimeout = Arguments.requireTime("connectTimeout", time);
      return this;
    }

    /**
     * Limits the age of pooled connections, so that calls follow a change in DNS and load is spread
     * over new servers. Default: none, a connection lives for as long as it is used. Up to a tenth
     * is taken off for each connection, at random, so that they are not all replaced at once.
     *
     * <p>A connection of HTTP/2 that is older is replaced beside the calls: none waits, what is
     * under way on it comes to its end, and while no new one can be made it stays in use. One of
     * HTTP/1.1 is closed by the call that finds it in the pool, which takes another or connects.
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
     * Limits each request of {@link WorkerClient#health} and {@link WorkerService#diagnose}; an
     * attemptTimeout of the service that is shorter limits it further. Default: 2 seconds.
     */
    public Builder healthTimeout(Duration time) {
      settings.healthTimeout = Arguments.requireTime("healthTimeout", time);
      return this;
    }

    /** Limits each wait for more of a streamed body. Default: 30 seconds. */
    public Builder readIdleTimeout(Duration time) {
      settings.readIdleTimeout = Arguments.requireTime("readIdleTimeout", time);
      return this;
    }

    /**
     * Limits a buffered body, in bytes after decompression. Default: 16 MiB.
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
     * Limits the async calls that run at once; others wait, which counts in their deadline.
     * Default: 256.
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
     * Sets the client whose pool, TLS, DNS, proxy and interceptors are used. What would repeat a
     * request, follow a redirect, or mix services up is switched off in a client derived from it;
     * the given one is not changed, and never closed.
     */
    public Builder okHttpClient(OkHttpClient client) {
      settings.okHttpClient = Objects.requireNonNull(client, "client");
      return this;
    }

    /**
     * Sets where async calls run, which is never shut down by the client. Unless set: virtual
     * threads from Java 24 on, else daemon threads.
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

    /** Sets how much load a service's calls may add by being sent again. */
    public Builder retryBudget(RetryBudgetOptions options) {
      settings.retryBudget = Objects.requireNonNull(options, "options");
      return this;
    }

    /**
     * Sets when a call is sent by its next route too, since the first one takes longer than usual.
     * Unless set, these are {@link HedgingOptions#ofDefaults()}; but {@link
     * HedgingOptions#disabled()} if the OkHttpClient has interceptors, or for a service whose next
     * route has a token from a supplier: code of yours that a hedge runs on another thread than the
     * caller's. If it does not depend on the thread, set the options.
     */
    public Builder hedging(HedgingOptions options) {
      settings.hedging = Objects.requireNonNull(options, "options");
      return this;
    }

    /**
     * Sets whether an attempt ends before {@link #attemptTimeout} once it takes 8 times as long as
     * 99 of 100 recent answers of its operation on its route, and at least 100 ms. Only attempts of
     * calls that are repeatable do, if another attempt has the whole of attemptTimeout left.
     * Default: true.
     */
    public Builder adaptiveAttemptTimeout(boolean adaptive) {
      settings.adaptiveAttemptTimeout = adaptive;
      return this;
    }

    /** Sets when a route that fails is skipped. */
    public Builder circuitBreaker(CircuitBreakerOptions options) {
      settings.circuitBreaker = Objects.requireNonNull(options, "options");
      return this;
    }

    /**
     * Sets the registry whose breakers are used, so that resilience4j's own metrics see them. A
     * breaker is named {@code <service>.<route>}; one that is there already, or a configuration of
     * that name, takes the place of {@link #circuitBreaker}.
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
     * Adds a listener that sees every call and attempt begin and end. Several listeners are told in
     * the order in which they were added; one that throws does not stop the others.
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

    /** For tests: what waits, what rolls the dice, and what tells the time of breakers. */
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

    /** Sets the codec of bodies. Default: the one found on the class path. */
    public Builder bodyCodec(BodyCodec codec) {
      this.codec = Objects.requireNonNull(codec, "codec");
      return this;
    }

    /**
     * Allows plain http to that host, whose requests then travel readable by anyone on the way.
     * Loopback is allowed already.
     */
    public Builder allowPlainHttp(String host) {
      Objects.requireNonNull(host, "host");
      settings.plainHttpHosts.add(host.toLowerCase(Locale.ROOT));
      return this;
    }

    /**
     * Makes the client; does no I/O.
     *
     * @throws IllegalArgumentException if an address is refused, or a service has no route
     */
    public WorkerClient build() {
      Codec bodies = Codec.of(codec);
      Engine engine = Engine.of(settings);
      return new WorkerClient(engine, bodies, List.copyOf(listeners), settings.clock);
    }
  }
}

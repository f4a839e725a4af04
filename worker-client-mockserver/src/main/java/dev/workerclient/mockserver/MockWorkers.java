package dev.workerclient.mockserver;

import dev.workerclient.WorkerClient;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * Workers for tests: one server on loopback plays the binding proxy and every custom domain, with
 * the real proxy's headers and bodies. Thread-safe.
 *
 * <pre>{@code
 * try (MockWorkers workers = MockWorkers.start()) {
 *   workers.service("APIMOM").binding().fails(Fault.bindingMissing());
 *   workers.service("APIMOM").customDomain().answers(MockAnswer.json("{\"ok\":true}"));
 *   WorkerClient client = workers.client();
 *   …
 * }
 * }</pre>
 *
 * <p>A mock is strict. {@link #close} throws an AssertionError, which says what to write instead,
 * where a request came that no script was there for, where a service or endpoint was scripted and
 * never called, and where a streamed response of {@link #client} or {@link #builder} was not
 * closed. With JUnit, use {@code MockWorkersExtension}.
 *
 * <p>The proxy's operation {@code diagnose} tells of the services that have a binding here, as the
 * next call of each would find it. It asks none of them, is recorded nowhere and uses up no step of
 * a schedule.
 */
public final class MockWorkers implements AutoCloseable {
  private final Services services = new Services();
  private final String token = "mock-workers-" + UUID.randomUUID();
  private final MockServer server = MockServer.start(new FrontDesk(services, token));
  private final MockClients clients = new MockClients();

  private MockWorkers() {}

  /**
   * Starts the server on a free port.
   *
   * @throws java.io.UncheckedIOException if it can't listen on loopback
   */
  public static MockWorkers start() {
    return new MockWorkers();
  }

  /**
   * Returns the service of that name, the same one each time; {@link #client} knows it from now on.
   *
   * @throws IllegalArgumentException if a binding can't have that name
   */
  public MockService service(String name) {
    Objects.requireNonNull(name, "name");
    return services.declare(name);
  }

  /** The address of the binding proxy. */
  public String proxyUrl() {
    return server.url();
  }

  /** The token that the binding proxy takes: another one in each mock. */
  public String proxyToken() {
    return token;
  }

  /**
   * The address of a service's custom domain; its base path is not in the recorded paths.
   *
   * @param name the service's name, whether it was declared or not
   */
  public String customDomainUrl(String name) {
    Objects.requireNonNull(name, "name");
    return server.url() + FrontDesk.DOMAINS + name;
  }

  /**
   * Returns a new client that knows every service asked for so far, with the routes asked for so
   * far; see {@link MockService}. It retries as in production but for the backoff, of which a
   * millisecond is left. {@link #close} closes it.
   *
   * @throws IllegalArgumentException if no service was asked for
   */
  public WorkerClient client() {
    if (services.declared().isEmpty()) {
      throw new IllegalArgumentException(
          "no service of the mock was asked for; write service(name).binding() or"
              + " .customDomain() before client(), in the test or in @BeforeEach: what @BeforeAll"
              + " scripts is forgotten before each test");
    }
    return clients.build(builder());
  }

  /**
   * Returns what {@link #client} builds, to add settings to; the caller closes what it builds.
   * Responses left open are seen unless it is given an {@code okHttpClient}.
   */
  public WorkerClient.Builder builder() {
    return clients.builder(this, services.declared());
  }

  /** The requests since the start or the last reset that no script was there for. A copy. */
  public List<RecordedRequest> unexpectedRequests() {
    return services.unexpected();
  }

  /**
   * Checks now what {@link #close} checks. Waits up to a second for responses that other threads
   * are still reading.
   *
   * @throws AssertionError if a request was unexpected, an expected one never came, or a streamed
   *     response is open
   */
  public void verify() {
    Verdict.on(services, clients.leaks()).requireNone();
  }

  /** Forgets services, scripts and records, and ends what hangs. Clients stay open. */
  public void reset() {
    services.reset();
    server.releaseHeld();
  }

  /**
   * Closes the clients of {@link #client}, then the server. May be called more than once.
   *
   * @throws AssertionError as {@link #verify}
   */
  @Override
  public synchronized void close() {
    try {
      verify();
    } finally {
      closeClients();
      server.stop();
      services.reset();
    }
  }

  void closeClients() {
    clients.close(server::releaseHeld);
  }

  @Override
  public String toString() {
    return "MockWorkers{" + server.url() + "}";
  }
}

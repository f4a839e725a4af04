package dev.workerclient.mockserver;

import dev.workerclient.WorkerClient;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * Mocks Workers for tests: one server on loopback acts as the binding proxy and as every custom
 * domain, with the real proxy's headers and bodies. Thread-safe.
 *
 * <pre>{@code
 * try (MockWorkers workers = MockWorkers.start()) {
 *   workers.service("ORDERS").binding().fails(Fault.bindingMissing());
 *   workers.service("ORDERS").customDomain().answers(MockAnswer.json("{\"ok\":true}"));
 *   WorkerClient client = workers.client();
 *   …
 * }
 * }</pre>
 *
 * <p>A mock is strict. {@link #close} throws an AssertionError that says what to write instead if a
 * request was not scripted, if a scripted service or endpoint was never called, or if a streamed
 * response of {@link #client} or {@link #builder} was not closed. With JUnit, use {@code
 * MockWorkersExtension}.
 *
 * <p>The proxy's operation {@code diagnose} reports the services that have a binding here, in the
 * state that their next call would find. It does not call them, is not recorded, and does not use
 * up steps of a schedule.
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
   * Returns the service of that name, the same one each time, and adds it to clients that {@link
   * #client} creates later.
   *
   * @throws IllegalArgumentException if a binding can't have that name
   */
  public MockService service(String name) {
    Objects.requireNonNull(name, "name");
    return services.declare(name);
  }

  /** Returns the URL of the binding proxy. */
  public String proxyUrl() {
    return server.url();
  }

  /** Returns the token that the binding proxy accepts; different in each mock. */
  public String proxyToken() {
    return token;
  }

  /**
   * Returns the URL of a service's custom domain. Its base path is not part of recorded paths.
   *
   * @param name the service's name, whether it was declared or not
   */
  public String customDomainUrl(String name) {
    Objects.requireNonNull(name, "name");
    return server.url() + FrontDesk.DOMAINS + name;
  }

  /**
   * Returns a new client with every service requested so far, and the routes requested so far; see
   * {@link MockService}. It retries as in production, but with a backoff of 1 ms. {@link #close}
   * closes it.
   *
   * @throws IllegalArgumentException if no service was requested yet
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
   * Returns the builder that {@link #client} uses, so that you can add settings; the caller must
   * close the client. Responses that are not closed are detected unless you set an {@code
   * okHttpClient}.
   */
  public WorkerClient.Builder builder() {
    return clients.builder(this, services.declared());
  }

  /** Returns the requests since the start or the last reset that were not scripted. A copy. */
  public List<RecordedRequest> unexpectedRequests() {
    return services.unexpected();
  }

  /**
   * Runs the checks of {@link #close} now. Waits up to a second for responses that other threads
   * are still reading.
   *
   * @throws AssertionError if a request was unexpected, an expected one never came, or a streamed
   *     response is open
   */
  public void verify() {
    Verdict.on(services, clients.leaks()).requireNone();
  }

  /**
   * Removes services, scripts and recorded requests, and ends hanging responses. Clients stay open.
   */
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

package dev.workerclient.mockserver;

import dev.workerclient.WorkerClient;
import dev.workerclient.internal.route.CustomDomainRoute;
import java.util.ArrayList;
import java.util.List;
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
 * <p>A call that no script is there for fails with a text that says what was expected, and is
 * recorded: {@link #close} then throws an AssertionError. With JUnit, use {@code
 * MockWorkersExtension}.
 */
public final class MockWorkers implements AutoCloseable {
  private final Services services = new Services();
  private final String token = "mock-workers-" + UUID.randomUUID();
  private final MockServer server = MockServer.start(new FrontDesk(services, token));
  private final List<WorkerClient> clients = new ArrayList<>();

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
   * @throws IllegalArgumentException if it is no name that a binding can have
   */
  public MockService service(String name) {
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
    return server.url() + FrontDesk.DOMAINS + name;
  }

  /**
   * Returns a new client that knows every service asked for so far, with the routes asked for so
   * far; see {@link MockService}. {@link #close} closes it.
   *
   * @throws IllegalArgumentException if no service was asked for
   */
  public WorkerClient client() {
    WorkerClient client = builder().build();
    synchronized (clients) {
      clients.add(client);
    }
    return client;
  }

  /** Returns what {@link #client} builds, to add settings to; the caller closes what it builds. */
  public WorkerClient.Builder builder() {
    WorkerClient.Builder builder =
        WorkerClient.builder().bindingProxy(proxyUrl(), proxy -> proxy.bearerToken(token));
    for (MockService service : services.declared()) {
      builder.service(
          service.name(),
          routes -> {
            if (service.hasCustomDomain()) {
              routes.customDomain(customDomainUrl(service.name()));
            }
            if (!service.hasBinding()) {
              routes.routes(CustomDomainRoute.NAME);
            }
          });
    }
    return builder;
  }

  /** The requests since the start or the last reset that no script was there for. A copy. */
  public List<RecordedRequest> unexpectedRequests() {
    return services.unexpected();
  }

  /** Forgets services, scripts and records, and ends what hangs. Clients stay open. */
  public void reset() {
    services.reset();
    server.releaseHeld();
  }

  /**
   * Closes the clients of {@link #client}, then the server.
   *
   * @throws AssertionError if a request came that no script was there for
   */
  @Override
  public void close() {
    closeClients();
    server.stop();
    services.requireNoneUnexpected();
  }

  void closeClients() {
    synchronized (clients) {
      clients.forEach(WorkerClient::close);
      clients.clear();
    }
  }

  void requireNoneUnexpected() {
    services.requireNoneUnexpected();
  }

  @Override
  public String toString() {
    return "MockWorkers{" + server.url() + "}";
  }
}

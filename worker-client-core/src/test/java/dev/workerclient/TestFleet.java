package dev.workerclient;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A binding proxy and a custom domain of the service APIMOM, new for each test. */
final class TestFleet implements BeforeEachCallback, AfterEachCallback {
  static final String SERVICE = "APIMOM";

  private @Nullable TestRoute proxy;
  private @Nullable TestRoute domain;
  private @Nullable WorkerClient client;

  @Override
  public void beforeEach(ExtensionContext context) {
    proxy = new TestRoute();
    domain = new TestRoute();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (client != null) {
      client.close();
      client = null;
    }
    proxy().close();
    domain().close();
  }

  TestRoute proxy() {
    return java.util.Objects.requireNonNull(proxy);
  }

  TestRoute domain() {
    return java.util.Objects.requireNonNull(domain);
  }

  /** Both routes, no credentials; one pass through them, and no breakers. */
  WorkerClient.Builder builder() {
    return WorkerClient.builder()
        .bindingProxy(proxy().url())
        .service(SERVICE, service -> service.customDomain(domain().url()))
        .callTimeout(Duration.ofSeconds(20))
        .attemptTimeout(Duration.ofSeconds(10))
        .retry(RetryOptions.disabled())
        .circuitBreaker(CircuitBreakerOptions.disabled());
  }

  /** The service of a client with the default builder. */
  WorkerService service() {
    return service(builder());
  }

  /** The service of that client, which is closed after the test. */
  WorkerService service(WorkerClient.Builder builder) {
    return service(builder, SERVICE);
  }

  /** The same, of another service. */
  WorkerService service(WorkerClient.Builder builder, String name) {
    return client(builder).service(name);
  }

  /** That client, which is closed after the test. */
  WorkerClient client(WorkerClient.Builder builder) {
    WorkerClient built = builder.build();
    client = built;
    return built;
  }
}

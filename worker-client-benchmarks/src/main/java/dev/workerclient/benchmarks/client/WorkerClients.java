package dev.workerclient.benchmarks.client;

import dev.workerclient.CallListener;
import dev.workerclient.CircuitBreakerOptions;
import dev.workerclient.RetryOptions;
import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerService;
import dev.workerclient.benchmarks.Capability;
import java.util.concurrent.CompletableFuture;

/** Ours. */
final class WorkerClients implements TestedClient {
  private static final String SERVICE = "APIMOM";
  private static final int MOST = 5_000;

  private final WorkerClient client;
  private final WorkerService service;

  private WorkerClients(WorkerClient.Builder builder) {
    this.client = builder.maxConcurrentCalls(MOST).build();
    this.service = client.service(SERVICE);
  }

  static WorkerClients withDefaults(String origin) {
    return new WorkerClients(
        WorkerClient.builder().service(SERVICE, service -> service.customDomain(origin)));
  }

  static WorkerClients with(String origin, CallListener... listeners) {
    WorkerClient.Builder builder =
        WorkerClient.builder().service(SERVICE, service -> service.customDomain(origin));
    for (CallListener listener : listeners) {
      builder.listener(listener);
    }
    return new WorkerClients(builder);
  }

  static WorkerClients byBindingProxy(String origin) {
    return new WorkerClients(WorkerClient.builder().bindingProxy(origin).service(SERVICE));
  }

  static WorkerClients bare(String origin) {
    return new WorkerClients(
        WorkerClient.builder()
            .service(SERVICE, service -> service.customDomain(origin))
            .circuitBreaker(CircuitBreakerOptions.disabled())
            .retry(RetryOptions.disabled()));
  }

  @Override
  public Capability get(String name) {
    return service.get("/v1/capabilities/{name}", name).fetch(Capability.class);
  }

  @Override
  public CompletableFuture<Capability> start(String name) {
    return service.get("/v1/capabilities/{name}", name).fetchAsync(Capability.class);
  }

  @Override
  public void close() {
    client.close();
  }
}

package dev.workerclient.benchmarks.peer;

import dev.workerclient.CircuitBreakerOptions;
import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerService;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** Ours. */
final class WorkerClientPeer implements PeerClient {
  private static final String SERVICE = "ORDERS";

  private final OkHttpClient okHttpClient;
  private final WorkerClient client;
  private final WorkerService service;
  private final String path;

  /**
   * Makes one.
   *
   * @param breakers null for the defaults
   */
  WorkerClientPeer(Target target, @Nullable CircuitBreakerOptions breakers) {
    okHttpClient = OkHttpPeer.client(target);
    WorkerClient.Builder builder =
        WorkerClient.builder()
            .okHttpClient(okHttpClient)
            .attemptTimeout(target.attemptTime())
            .callTimeout(target.callTime());
    if (breakers != null) {
      builder.circuitBreaker(breakers);
    }
    if (target.origins().size() == 2) {
      builder.bindingProxy(target.origins().get(0));
    }
    String domain = target.origins().get(target.origins().size() - 1);
    client = builder.service(SERVICE, own -> own.customDomain(domain)).build();
    service = client.service(SERVICE);
    path = target.path();
  }

  @Override
  public void call(String method) {
    service.request(method, path).execute().orThrow();
  }

  @Override
  public void close() {
    client.close();
    OkHttpPeer.close(okHttpClient);
  }
}

package dev.workerclient.examples.guide;

import dev.workerclient.CallListener;
import dev.workerclient.WorkerClient;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;

/** The code of docs/production-checklist.md. */
final class ProductionGuide {
  private ProductionGuide() {}

  static WorkerClient client(
      Supplier<String> proxyToken,
      Supplier<String> ordersToken,
      OkHttpClient okHttpClient,
      CircuitBreakerRegistry breakers,
      CallListener metrics) {
    WorkerClient client =
        WorkerClient.builder()
            .bindingProxy(
                "https://workers-proxy.example.com", proxy -> proxy.bearerToken(proxyToken))
            .service(
                "ORDERS",
                service ->
                    service
                        .customDomain(
                            "https://orders.example.com",
                            domain ->
                                domain.bearerToken(ordersToken).stampedBy("worker-client-ran"))
                        .healthPath("/v1/health"))
            .callTimeout(Duration.ofSeconds(2))
            .attemptTimeout(Duration.ofMillis(800))
            .maxConcurrentCalls(64)
            .okHttpClient(okHttpClient)
            .circuitBreakerRegistry(breakers)
            .listener(metrics)
            .build();
    return client;
  }
}

package dev.workerclient.examples.guide;

import dev.workerclient.CircuitBreakerOptions;
import dev.workerclient.HedgingOptions;
import dev.workerclient.WorkerClient;
import java.time.Duration;

/** The code of docs/latency.md. */
final class LatencyGuide {
  private LatencyGuide() {}

  static WorkerClient client() {
    WorkerClient client =
        WorkerClient.builder()
            .bindingProxy("https://workers-proxy.example.com")
            .service(
                "CATALOG",
                service ->
                    service
                        .customDomain("https://catalog.example.com")
                        .hedging(
                            HedgingOptions.builder()
                                .percentile(95)
                                .maxDelay(Duration.ofMillis(300))
                                .build()))
            .service(
                "ORDERS",
                service ->
                    service
                        .customDomain("https://orders.example.com")
                        .hedging(HedgingOptions.disabled()))
            .build();
    return client;
  }

  static CircuitBreakerOptions fixedThresholds() {
    CircuitBreakerOptions options =
        CircuitBreakerOptions.builder()
            .slowCallDuration(Duration.ofSeconds(2))
            .slowCallRate(80)
            .build();
    return options;
  }
}

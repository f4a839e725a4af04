package dev.workerclient.examples.guide;

import dev.workerclient.CallListener;
import dev.workerclient.CircuitBreakerOptions;
import dev.workerclient.RetryBudgetOptions;
import dev.workerclient.RetryOptions;
import dev.workerclient.WorkerClient;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.RetryRegistry;
import java.time.Duration;

/** The code of docs/retries.md. */
final class RetriesGuide {
  private RetriesGuide() {}

  static WorkerClient client(
      CircuitBreakerRegistry breakers, RetryRegistry retries, CallListener counts) {
    WorkerClient client =
        WorkerClient.builder()
            .service(
                "ORDERS",
                service ->
                    service
                        .customDomain("https://orders.example.com")
                        .healthPath("/v1/health")
                        .retry(RetryOptions.builder().maxAttempts(4).build())
                        .retryBudget(RetryBudgetOptions.builder().capacity(100).build())
                        .circuitBreaker(
                            CircuitBreakerOptions.builder()
                                .openTime(Duration.ofSeconds(5))
                                .build()))
            .circuitBreakerRegistry(breakers)
            .retryRegistry(retries)
            .listener(counts)
            .build();
    return client;
  }
}

package dev.workerclient.benchmarks.client;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;

/** Breakers and retries of resilience4j that are set as ours are by default. */
final class Breakers {
  private static final CircuitBreakerConfig BREAKER =
      CircuitBreakerConfig.custom()
          .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
          .slidingWindowSize(10)
          .minimumNumberOfCalls(5)
          .failureRateThreshold(50)
          .waitDurationInOpenState(Duration.ofSeconds(30))
          .build();
  private static final RetryConfig RETRY =
      RetryConfig.custom().maxAttempts(3).waitDuration(Duration.ofMillis(100)).build();

  private Breakers() {}

  static CircuitBreaker breaker() {
    return CircuitBreaker.of("peer", BREAKER);
  }

  static Retry retry() {
    return Retry.of("peer", RETRY);
  }
}

package dev.workerclient.internal.route;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * When a route is skipped.
 *
 * @param adaptive whether to skip it by what is healthier, and not by the thresholds that follow
 * @param window how many of the last results count
 * @param minimumCalls how many results there must be before they count
 * @param failureRate the percentage of failures that opens the breaker
 * @param openTime how long it stays open, give or take a fifth
 * @param halfOpenCalls how many probes it then takes
 * @param halfOpenTime how long it waits for them
 * @param misconfiguredCalls how many misconfigurations in a row open it at once
 * @param registry where a user keeps breakers, or null
 * @param clock what open time is counted by
 * @param random from 0 to 1, for the jitter
 */
public record BreakerPolicy(
    boolean adaptive,
    int window,
    int minimumCalls,
    float failureRate,
    Duration openTime,
    int halfOpenCalls,
    Duration halfOpenTime,
    int misconfiguredCalls,
    @Nullable CircuitBreakerRegistry registry,
    Clock clock,
    DoubleSupplier random) {

  private static final double JITTER = 0.2;

  /** The open time with its jitter. */
  Duration jitteredOpenTime() {
    double factor = 1 - JITTER + 2 * JITTER * random.getAsDouble();
    return Duration.ofNanos((long) (openTime.toNanos() * factor));
  }
}

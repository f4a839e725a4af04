package dev.workerclient;

import static dev.workerclient.TestRoute.problem;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.error.CircuitOpenException;
import dev.workerclient.error.WorkerException;
import java.time.Duration;
import java.util.function.Consumer;
import mockwebserver3.MockResponse;

/** Services with breakers, by a clock that stands still, and the calls that open them. */
final class Breakers {
  /** The open time of fixed thresholds with its jitter if the dice show 1, and a little more. */
  static final Duration OPEN_TIME_IS_OVER = Duration.ofMillis(36_001);

  /** A breaker with fixed thresholds, and the values that it has if none is set. */
  static final CircuitBreakerOptions FIXED = CircuitBreakerOptions.builder().build();

  private Breakers() {}

  /** As {@link #both}, with fixed thresholds. */
  static WorkerClient.Builder bothFixed(TestFleet fleet, TestTiming timing) {
    return both(fleet, timing).circuitBreaker(FIXED);
  }

  /** As {@link #proxyOnly}, with fixed thresholds. */
  static WorkerClient.Builder proxyOnlyFixed(TestFleet fleet, TestTiming timing) {
    return proxyOnly(fleet, timing).circuitBreaker(FIXED);
  }

  /** Both routes; one pass through them. */
  static WorkerClient.Builder both(TestFleet fleet, TestTiming timing) {
    return both(fleet, timing, service -> {});
  }

  static WorkerClient.Builder both(
      TestFleet fleet, TestTiming timing, Consumer<ServiceBuilder> settings) {
    return guarded(WorkerClient.builder().bindingProxy(fleet.proxy().url()), timing)
        .service(
            TestFleet.SERVICE,
            service -> settings.accept(service.customDomain(fleet.domain().url())));
  }

  /** The binding proxy alone; one pass. */
  static WorkerClient.Builder proxyOnly(TestFleet fleet, TestTiming timing) {
    return guarded(WorkerClient.builder().bindingProxy(fleet.proxy().url()), timing)
        .service(TestFleet.SERVICE);
  }

  private static WorkerClient.Builder guarded(WorkerClient.Builder builder, TestTiming timing) {
    return timing
        .in(builder)
        .callTimeout(Duration.ofSeconds(20))
        .attemptTimeout(Duration.ofSeconds(10))
        .retry(RetryOptions.disabled())
        .circuitBreaker(CircuitBreakerOptions.ofDefaults());
  }

  /** A failure of the whole route. */
  static MockResponse lost() {
    return problem(502, "dispatch-threw", "NETWORK_LOST");
  }

  /** An error of Cloudflare's as its edge sends it to a client that wants text. */
  static MockResponse cloudflare(int status, int code) {
    return new MockResponse.Builder()
        .code(status)
        .addHeader("Content-Type", "text/plain; charset=UTF-8")
        .addHeader("Server", "cloudflare")
        .addHeader("cf-ray", "8f1c2d3e4f5a6b7c-FRA")
        .body("error code: " + code)
        .build();
  }

  /** Sends so many calls, whatever becomes of them. */
  static void call(WorkerService service, int times) {
    for (int i = 0; i < times; i++) {
      try {
        service.get("/").execute();
      } catch (WorkerException e) {
        // What became of it is asserted at the server.
      }
    }
  }

  /** Sends a call that no breaker may let through. */
  static CircuitOpenException refused(WorkerService service) {
    return catchThrowableOfType(CircuitOpenException.class, () -> service.get("/").execute());
  }
}

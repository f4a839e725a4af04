package dev.workerclient;

import static dev.workerclient.Breakers.both;
import static dev.workerclient.Breakers.call;
import static dev.workerclient.Breakers.lost;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Named.named;

import java.time.Duration;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A call's options come before the service's, and those before the client's. */
class ResilienceOptionsTest {
  @RegisterExtension final TestFleet fleet = new TestFleet();
  private final TestTiming timing = new TestTiming();

  @Test
  void theServicesBreakerComesBeforeTheClients() {
    fleet.proxy().answers(lost());
    CircuitBreakerOptions early =
        CircuitBreakerOptions.builder().window(2).minimumCalls(5).failureRate(100).build();
    WorkerService service =
        fleet.service(
            both(fleet, timing, own -> own.routes("binding-proxy").circuitBreaker(early)));

    call(service, 5);

    assertThat(fleet.proxy().requests()).hasSize(2); // A full window is enough.
  }

  @Test
  void theServicesRetryComesBeforeTheClientsAndTheCallsBeforeBoth() {
    fleet.proxy().answers(lost());
    RetryOptions two = RetryOptions.builder().maxAttempts(2).build();
    WorkerService service =
        fleet.service(both(fleet, timing, own -> own.routes("binding-proxy").retry(two)));

    call(service, 1);
    assertThat(fleet.proxy().requests()).hasSize(2);
    WorkerRequest once = service.get("/").retry(RetryOptions.disabled());
    assertThat(org.assertj.core.api.Assertions.catchThrowable(once::execute)).isNotNull();
    assertThat(fleet.proxy().requests()).hasSize(3);
  }

  @Test
  void theServicesBudgetComesBeforeTheClients() {
    fleet.proxy().answers(lost());
    RetryBudgetOptions none = RetryBudgetOptions.builder().capacity(0).build();
    WorkerService service =
        fleet.service(
            both(fleet, timing, own -> own.routes("binding-proxy").retryBudget(none))
                .retry(RetryOptions.ofDefaults()));

    call(service, 1);

    assertThat(fleet.proxy().requests()).hasSize(1);
  }

  static Stream<Arguments> badValues() {
    return Stream.of(
        bad("no window", () -> breaker().window(0), "window was given 0; write 1 to 10000"),
        bad("a huge window", () -> breaker().window(10_001), "write 1 to 10000"),
        bad("no calls", () -> breaker().minimumCalls(0), "minimumCalls was given 0; write 1 to"),
        bad("no rate", () -> breaker().failureRate(0), "failureRate was given 0; write 1 to 100"),
        bad("over 100 %", () -> breaker().failureRate(101), "write 1 to 100"),
        bad("no slow rate", () -> breaker().slowCallRate(0), "slowCallRate was given 0; write 1"),
        bad("never slow", () -> breaker().slowCallDuration(Duration.ZERO), "write a time from"),
        bad("p100", () -> hedging().percentile(100), "percentile was given 100; write 50 to 99"),
        bad("p49", () -> hedging().percentile(49), "write 50 to 99"),
        bad("no hedge", () -> hedging().maxPercent(0), "maxPercent was given 0; write 1 to 50"),
        bad("most calls", () -> hedging().maxPercent(51), "write 1 to 50"),
        bad("at once", () -> hedging().minDelay(Duration.ZERO), "write a time from 1 ms"),
        bad("too late", () -> hedging().maxDelay(Duration.ofDays(2)), "write a time from 1 ms"),
        bad("no open time", () -> breaker().openTime(Duration.ZERO), "write a time from 1 ms"),
        bad("no attempt", () -> retry().maxAttempts(0), "maxAttempts was given 0; write 1 to 10"),
        bad("11 attempts", () -> retry().maxAttempts(11), "write 1 to 10"),
        bad("no wait", () -> retry().firstBackoff(Duration.ZERO), "write a time from 1 ms"),
        bad("no longest wait", () -> retry().maxBackoff(Duration.ofDays(2)), "write a time"),
        bad("a debt", () -> budget().capacity(-1), "capacity was given -1; write 0 or more"),
        bad("free", () -> budget().transientCost(0), "write 1 or more"),
        bad("free again", () -> budget().throttledCost(0), "write 1 or more"));
  }

  private static Arguments bad(String name, ThrowingCallable settings, String why) {
    return Arguments.of(named(name, settings), why);
  }

  @ParameterizedTest
  @MethodSource("badValues")
  void aBadValueIsRefused(ThrowingCallable settings, String why) {
    assertThatIllegalArgumentException().isThrownBy(settings).withMessageContaining(why);
  }

  private static CircuitBreakerOptions.Builder breaker() {
    return CircuitBreakerOptions.builder();
  }

  private static HedgingOptions.Builder hedging() {
    return HedgingOptions.builder();
  }

  private static RetryOptions.Builder retry() {
    return RetryOptions.builder();
  }

  private static RetryBudgetOptions.Builder budget() {
    return RetryBudgetOptions.builder();
  }
}

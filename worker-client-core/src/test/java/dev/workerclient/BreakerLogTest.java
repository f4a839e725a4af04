package dev.workerclient;

import static dev.workerclient.Breakers.OPEN_TIME_IS_OVER;
import static dev.workerclient.Breakers.both;
import static dev.workerclient.Breakers.bothFixed;
import static dev.workerclient.Breakers.call;
import static dev.workerclient.Breakers.lost;
import static dev.workerclient.TestRoute.answered;
import static dev.workerclient.TestRoute.bindingMissing;
import static dev.workerclient.TestRoute.plain;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One warning when a route is skipped, one line when it is healthy again, and none between. */
@Timeout(60)
class BreakerLogTest {
  private static final String OPENED =
      "WARN service APIMOM: route binding-proxy is failing and is skipped: the binding"
          + " proxy says NETWORK_LOST (what the proxy says), HTTP 502";
  private static final String RECOVERED =
      "INFO service APIMOM: route binding-proxy is healthy again";

  @RegisterExtension final TestFleet fleet = new TestFleet();
  private final TestTiming timing = new TestTiming();
  private final LogCapture log = LogCapture.begin();

  @BeforeEach
  void theDomainIsWell() {
    fleet.domain().answers(plain(200, "{}"));
  }

  @AfterEach
  void endCapture() {
    log.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRouteThatFailsForLongIsWarnedOfOnceAndOnceWhenItIsBack(boolean fixed) {
    fleet.proxy().answers(lost());
    WorkerService service = fleet.service(fixed ? bothFixed(fleet, timing) : both(fleet, timing));
    call(service, 4);
    assertThat(warnings()).isEmpty();

    call(service, 5);
    for (int i = 0; i < 3; i++) {
      timing.pass(OPEN_TIME_IS_OVER);
      call(service, 5);
    }
    assertThat(warnings()).containsExactly(OPENED);

    timing.pass(OPEN_TIME_IS_OVER);
    fleet.proxy().answers(answered(200, "{}"));
    call(service, 10);
    assertThat(warnings()).containsExactly(OPENED, RECOVERED);

    fleet.proxy().answers(lost());
    call(service, 20);
    assertThat(warnings()).containsExactly(OPENED, RECOVERED, OPENED);
  }

  @Test
  void aRouteThatFlapsIsWarnedOfOnceAMinute() {
    WorkerService service = fleet.service(both(fleet, timing));
    for (int i = 0; i < 5; i++) {
      fleet.proxy().answers(lost());
      call(service, 10);
      fleet.proxy().answers(answered(200, "{}"));
      timing.pass(Duration.ofSeconds(10));
      call(service, 30);
    }

    assertThat(warnings()).containsExactly(OPENED, RECOVERED);
  }

  @Test
  void aMisconfiguredRouteIsCalledThat() {
    fleet.proxy().answers(bindingMissing());

    call(fleet.service(both(fleet, timing)), 5);

    assertThat(warnings())
        .containsExactly(
            "WARN service APIMOM: route binding-proxy is misconfigured and is skipped:"
                + " the binding proxy says BINDING_MISSING (what the proxy says), HTTP 404");
  }

  @Test
  void whatARemoteSaysStaysOneShortLine() {
    fleet
        .proxy()
        .answers(
            new MockResponse.Builder()
                .code(502)
                .addHeader("Content-Type", "application/problem+json")
                .addHeader("Binding-Proxy-Outcome", "dispatch-threw")
                .addHeader("Binding-Proxy-Error", "NETWORK_LOST")
                .body(
                    "{\"detail\":\"a\\nERROR forged\\u001b[31m\\u2028\\u202e"
                        + "x".repeat(1_000)
                        + "\"}")
                .build());

    call(fleet.service(both(fleet, timing)), 6);

    assertThat(warnings()).hasSize(1);
    assertThat(warnings().get(0))
        .contains("a\\u000aERROR forged\\u001b[31m\\u2028\\u202ex")
        .hasSizeLessThan(500);
  }

  @Test
  void aRouteThatTheUserBroughtBackIsWarnedOfAnew() {
    CircuitBreakerRegistry registry = CircuitBreakerRegistry.ofDefaults();
    fleet.proxy().answers(lost());
    WorkerService service = fleet.service(both(fleet, timing).circuitBreakerRegistry(registry));
    call(service, 6);
    registry.circuitBreaker("APIMOM.binding-proxy").reset();
    fleet.proxy().answers(answered(200, "{}"));
    call(service, 1);
    assertThat(warnings()).containsExactly(OPENED, RECOVERED);

    fleet.proxy().answers(lost());
    call(service, 9);

    assertThat(warnings()).containsExactly(OPENED, RECOVERED, OPENED);
  }

  @Test
  void afterAResetARouteThatFailsIsWarnedOfAnew() {
    fleet.proxy().answers(lost());
    try (WorkerClient client = both(fleet, timing).build()) {
      WorkerService service = client.service(TestFleet.SERVICE);
      call(service, 6);
      assertThat(warnings()).containsExactly(OPENED);

      client.resetBreakers();
      call(service, 6);
    }

    assertThat(warnings()).containsExactly(OPENED, OPENED);
  }

  @Test
  void aFailureThatTheUsersConfigurationDoesNotCountBringsARouteBack() {
    AtomicBoolean counts = new AtomicBoolean(true);
    CircuitBreakerRegistry registry = CircuitBreakerRegistry.ofDefaults();
    registry.addConfiguration(
        "APIMOM.binding-proxy",
        CircuitBreakerConfig.custom()
            .clock(timing)
            .slidingWindowSize(2)
            .permittedNumberOfCallsInHalfOpenState(2)
            .recordException(failure -> counts.get())
            .build());
    fleet.proxy().answers(lost());
    WorkerService service = fleet.service(both(fleet, timing).circuitBreakerRegistry(registry));
    call(service, 2);
    assertThat(warnings()).containsExactly(OPENED);

    counts.set(false);
    timing.pass(Duration.ofMinutes(2));
    call(service, 2);

    assertThat(warnings()).containsExactly(OPENED, RECOVERED);
  }

  private List<String> warnings() {
    return log.text()
        .lines()
        .filter(line -> line.startsWith("WARN ") || line.startsWith("INFO service"))
        .toList();
  }
}

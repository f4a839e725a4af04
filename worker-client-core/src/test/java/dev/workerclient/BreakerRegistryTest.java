package dev.workerclient;

import static dev.workerclient.Breakers.OPEN_TIME_IS_OVER;
import static dev.workerclient.Breakers.both;
import static dev.workerclient.Breakers.call;
import static dev.workerclient.Breakers.lost;
import static dev.workerclient.Breakers.refused;
import static dev.workerclient.TestRoute.answered;
import static dev.workerclient.TestRoute.bindingMissing;
import static dev.workerclient.TestRoute.plain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.error.BindingNotFoundException;
import dev.workerclient.error.WorkerException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Breakers that a user keeps in a registry of his own. */
@Timeout(60)
class BreakerRegistryTest {
  private static final String PROXY = "APIMOM.binding-proxy";

  @RegisterExtension final TestFleet fleet = new TestFleet();
  private final TestTiming timing = new TestTiming();
  private final CircuitBreakerRegistry registry = CircuitBreakerRegistry.ofDefaults();

  @BeforeEach
  void theProxyFailsAndTheDomainIsWell() {
    fleet.proxy().answers(lost());
    fleet.domain().answers(plain(200, "{}"));
  }

  private WorkerService service() {
    return fleet.service(both(fleet, timing).circuitBreakerRegistry(registry));
  }

  private CircuitBreakerConfig.Builder config() {
    return CircuitBreakerConfig.custom().clock(timing);
  }

  @Test
  void itSeesABreakerOfEachRouteThatDecidesNothingByItself() {
    call(service(), 5);

    assertThat(registry.getAllCircuitBreakers())
        .extracting(CircuitBreaker::getName)
        .containsExactlyInAnyOrder(PROXY, "APIMOM.custom-domain");
    CircuitBreakerConfig ours = registry.circuitBreaker(PROXY).getCircuitBreakerConfig();
    assertThat(ours.getSlidingWindowSize()).isEqualTo(100);
    assertThat(ours.getFailureRateThreshold()).isEqualTo(100);
    assertThat(registry.circuitBreaker(PROXY).getState()).isEqualTo(State.CLOSED);
    assertThat(registry.circuitBreaker(PROXY).getMetrics())
        .returns(5, metrics -> metrics.getNumberOfFailedCalls());
    assertThat(registry.circuitBreaker("APIMOM.custom-domain").getMetrics())
        .returns(5, metrics -> metrics.getNumberOfSuccessfulCalls());
  }

  @Test
  void fixedThresholdsAreThoseOfItsBreaker() {
    WorkerService service =
        fleet.service(Breakers.bothFixed(fleet, timing).circuitBreakerRegistry(registry));
    call(service, 5);

    CircuitBreakerConfig ours = registry.circuitBreaker(PROXY).getCircuitBreakerConfig();
    assertThat(ours.getSlidingWindowSize()).isEqualTo(10);
    assertThat(ours.getMinimumNumberOfCalls()).isEqualTo(5);
    assertThat(ours.getFailureRateThreshold()).isEqualTo(50);
    assertThat(ours.getPermittedNumberOfCallsInHalfOpenState()).isEqualTo(2);
    assertThat(registry.circuitBreaker(PROXY).getState()).isEqualTo(State.OPEN);
  }

  @Test
  void itSeesASkippedRouteOpenItsTryHalfOpenAndItsRecovery() {
    WorkerService service = service();
    CircuitBreaker seen = registry.circuitBreaker(PROXY);
    List<State> states = new ArrayList<>();
    seen.getEventPublisher()
        .onStateTransition(event -> states.add(event.getStateTransition().getToState()));
    call(service, 6);
    assertThat(seen.getState()).isEqualTo(State.OPEN);
    timing.pass(Duration.ofSeconds(1));
    call(service, 1);
    fleet.proxy().answers(answered(200, "{}"));
    timing.pass(Duration.ofSeconds(2));
    call(service, 1);

    assertThat(states)
        .containsExactly(State.OPEN, State.HALF_OPEN, State.OPEN, State.HALF_OPEN, State.CLOSED);
  }

  @Test
  void aRouteWhoseTryIsDueAtEachCallIsTriedBesideTheHealthyOne() {
    WorkerService service = service();
    for (int i = 0; i < 10; i++) {
      assertThat(service.get("/").execute().route()).isEqualTo("custom-domain");
      timing.pass(Duration.ofMillis(1500));
    }

    assertThat(registry.circuitBreaker(PROXY).getState()).isEqualTo(State.OPEN);
  }

  @Test
  void whatAPredicateThrowsChangesNoOutcome() {
    registry.addConfiguration(
        PROXY,
        config()
            .recordException(
                failure -> {
                  throw new IllegalStateException("thrown by a predicate");
                })
            .build());
    WorkerService service = service();

    for (int i = 0; i < 10; i++) {
      assertThat(service.get("/").execute().route()).isEqualTo("custom-domain");
    }
  }

  @Test
  void aRouteThatTheUserOpensByHandIsSkippedForTheOpenTimeAndThenTried() {
    fleet.proxy().answers(answered(200, "{}"));
    WorkerService service = service();
    registry.circuitBreaker(PROXY).transitionToOpenState();

    assertThat(service.get("/").execute().route()).isEqualTo("custom-domain");
    timing.pass(Duration.ofSeconds(29));
    assertThat(service.get("/").execute().route()).isEqualTo("custom-domain");
    timing.pass(Duration.ofSeconds(8));
    assertThat(service.get("/").execute().route()).isEqualTo("binding-proxy");
  }

  @Test
  void aRouteThatTheUserClosesByHandIsUsedAtOnce() {
    WorkerService service = service();
    call(service, 6);
    registry.circuitBreaker(PROXY).transitionToClosedState();
    fleet.proxy().answers(answered(200, "{}"));

    assertThat(service.post("/").execute().route()).isEqualTo("binding-proxy");
  }

  @Test
  void aConfigurationOfThatNameTakesThePlaceOfOurs() {
    registry.addConfiguration(
        PROXY,
        config()
            .slidingWindowSize(4)
            .minimumNumberOfCalls(3)
            .waitDurationInOpenState(Duration.ofSeconds(5))
            .build());
    WorkerService service = service();

    call(service, 6);
    assertThat(fleet.proxy().requests()).hasSize(3);
    fleet.domain().answers(lost());
    registry.circuitBreaker("APIMOM.custom-domain").transitionToForcedOpenState();
    assertThat(refused(service).retryAfter()).isEqualTo(Duration.ofSeconds(5));
    timing.pass(Duration.ofMillis(5_001));
    call(service, 1);
    assertThat(fleet.proxy().requests()).hasSize(4);
  }

  @Test
  void anInstanceOfThatNameTakesThePlaceOfOurs() {
    CircuitBreaker own =
        registry.circuitBreaker(
            PROXY, config().slidingWindowSize(2).minimumNumberOfCalls(2).build());

    call(service(), 6);

    assertThat(fleet.proxy().requests()).hasSize(2);
    assertThat(own.getState()).isEqualTo(State.OPEN);
  }

  @Test
  void aBreakerThatTheUserDisabledStaysDisabled() {
    WorkerService service = service();
    registry.circuitBreaker(PROXY).transitionToDisabledState();

    call(service, 10);
    fleet.proxy().answers(bindingMissing());
    call(service, 10);

    assertThat(fleet.proxy().requests()).hasSize(20);
    assertThat(registry.circuitBreaker(PROXY).getState()).isEqualTo(State.DISABLED);
  }

  @Test
  void aBreakerThatTheUserForcedOpenStaysOpen() {
    WorkerService service = service();
    registry.circuitBreaker(PROXY).transitionToForcedOpenState();

    call(service, 5);
    timing.pass(OPEN_TIME_IS_OVER);
    call(service, 5);

    assertThat(fleet.proxy().requests()).isEmpty();
    assertThat(fleet.domain().requests()).hasSize(10);
    assertThat(registry.circuitBreaker(PROXY).getState()).isEqualTo(State.FORCED_OPEN);
  }

  @Test
  void itsEventsCarryTheTypedExceptions() {
    WorkerService service = service();
    List<Throwable> seen = new ArrayList<>();
    registry
        .circuitBreaker(PROXY)
        .getEventPublisher()
        .onError(event -> seen.add(event.getThrowable()));
    fleet.proxy().answers(bindingMissing());

    call(service, 1);

    assertThat(seen).hasSize(1).hasOnlyElementsOfType(BindingNotFoundException.class);
    assertThat(((WorkerException) seen.get(0)).attempts()).hasSize(1);
  }

  @Test
  void whatItsConfigurationIgnoresLeavesNothingOut() {
    ConcurrentLinkedQueue<Throwable> seen = new ConcurrentLinkedQueue<>();
    registry.addConfiguration(
        PROXY,
        config()
            .minimumNumberOfCalls(3)
            .ignoreException(
                e -> {
                  seen.add(e);
                  return e instanceof WorkerException;
                })
            .build());
    WorkerService service = service();

    call(service, 10);
    fleet.proxy().answers(bindingMissing());
    call(service, 10);

    assertThat(fleet.proxy().requests()).hasSize(20);
    assertThat(seen).hasSizeGreaterThanOrEqualTo(20).allMatch(WorkerException.class::isInstance);
  }

  @Test
  void aUsersPostIsNoProbeWhereTheConfiguredOpenTimesDiffer() {
    ConcurrentLinkedQueue<Long> times = new ConcurrentLinkedQueue<>(List.of(1_000L, 60_000L));
    registry.addConfiguration(
        PROXY,
        config()
            .slidingWindowSize(2)
            .minimumNumberOfCalls(2)
            .waitIntervalFunctionInOpenState(
                attempt -> {
                  Long time = times.poll();
                  return time == null ? 1_000L : time;
                })
            .build());
    WorkerService service = service();
    call(service, 2);
    fleet.proxy().answers(answered(200, "{}"));
    timing.pass(Duration.ofSeconds(2));

    assertThat(service.post("/").execute().route()).isEqualTo("custom-domain");
  }
}

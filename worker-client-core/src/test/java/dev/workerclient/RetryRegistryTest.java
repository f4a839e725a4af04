package dev.workerclient;

import static dev.workerclient.Breakers.lost;
import static dev.workerclient.TestRoute.answered;
import static dev.workerclient.TestRoute.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.error.BindingProxyException;
import dev.workerclient.error.WorkerException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.retry.RetryRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Retries that a user keeps in a registry of his own, and what is said of a retried call. */
@Timeout(60)
class RetryRegistryTest {
  @RegisterExtension final TestFleet fleet = new TestFleet();
  private final TestTiming timing = new TestTiming();
  private final RetryRegistry registry = RetryRegistry.ofDefaults();
  private final AtomicInteger asked = new AtomicInteger();

  private WorkerClient.Builder builder() {
    return timing
        .in(WorkerClient.builder().bindingProxy(fleet.proxy().url()).service("APIMOM"))
        .retryRegistry(registry);
  }

  private static void fails(WorkerService service) {
    assertThat(catchThrowableOfType(WorkerException.class, () -> service.get("/").execute()))
        .isNotNull();
  }

  @Test
  void aCallThatSucceedsAtOnceIsCounted() {
    fleet.proxy().answers(answered(200, "{}"));
    fleet.service(builder()).get("/").execute();

    Retry.Metrics metrics = registry.retry("APIMOM").getMetrics();
    assertThat(metrics.getNumberOfSuccessfulCallsWithoutRetryAttempt()).isEqualTo(1);
    assertThat(metrics.getNumberOfSuccessfulCallsWithRetryAttempt()).isZero();
  }

  @Test
  void aRouteThatFailedForGoodAfterATransientOneKeepsNoRetryBack() {
    fleet.proxy().answers(r -> asked.incrementAndGet() == 1 ? lost() : answered(200, "{}"));
    fleet.domain().answers(TestRoute.error1042());
    WorkerService service = fleet.service(timing.in(fleet.builder()).retryRegistry(registry));

    WorkerResponse response = service.get("/").execute();

    assertThat(response.attempts()).hasSize(3);
    assertThat(response.route()).isEqualTo("binding-proxy");
  }

  @Test
  void aRetryThatMakesACallGoodIsCountedWithTheTypedException() {
    fleet.proxy().answers(r -> asked.incrementAndGet() == 1 ? lost() : answered(200, "{}"));
    WorkerService service = fleet.service(builder());
    List<Throwable> seen = new ArrayList<>();
    registry
        .retry("APIMOM")
        .getEventPublisher()
        .onRetry(event -> seen.add(event.getLastThrowable()));

    service.get("/").execute();

    Retry.Metrics metrics = registry.retry("APIMOM").getMetrics();
    assertThat(metrics.getNumberOfSuccessfulCallsWithRetryAttempt()).isEqualTo(1);
    assertThat(seen).hasSize(1).hasOnlyElementsOfType(BindingProxyException.class);
  }

  @Test
  void aCallWhoseAttemptsAreUsedUpIsCountedAsFailed() {
    fleet.proxy().answers(lost());
    WorkerService service = fleet.service(builder());
    List<Throwable> seen = new ArrayList<>();
    registry
        .retry("APIMOM")
        .getEventPublisher()
        .onError(event -> seen.add(event.getLastThrowable()));

    fails(service);

    assertThat(fleet.proxy().requests()).hasSize(3);
    Retry.Metrics metrics = registry.retry("APIMOM").getMetrics();
    assertThat(metrics.getNumberOfFailedCallsWithRetryAttempt()).isEqualTo(1);
    assertThat(seen).hasSize(1);
  }

  @Test
  void aConfigurationOfThatNameTakesThePlaceOfOurs() {
    fleet.proxy().answers(lost());
    registry.addConfiguration(
        "APIMOM", RetryConfig.custom().maxAttempts(2).waitDuration(Duration.ofMillis(7)).build());
    fails(fleet.service(builder()));
    assertThat(fleet.proxy().requests()).hasSize(2);
    assertThat(timing.waits()).containsExactly(Duration.ofMillis(7));
  }

  @Test
  void anInstanceOfThatNameTakesThePlaceOfOurs() {
    fleet.proxy().answers(lost());
    registry.retry("APIMOM", RetryConfig.custom().maxAttempts(2).build());

    fails(fleet.service(builder()));

    assertThat(fleet.proxy().requests()).hasSize(2);
  }

  @Test
  void whatAConfigurationDoesNotRetryIsNotRetried() {
    fleet.proxy().answers(lost());
    registry.addConfiguration(
        "APIMOM", RetryConfig.custom().ignoreExceptions(BindingProxyException.class).build());

    fails(fleet.service(builder()));

    assertThat(fleet.proxy().requests()).hasSize(1);
    assertThat(registry.retry("APIMOM").getMetrics().getNumberOfFailedCallsWithoutRetryAttempt())
        .isEqualTo(1);
  }

  @Test
  void eachFailureKeepsItsOwnAttemptAfterAnAnswerThatAskedToComeBack() {
    fleet.proxy().answers(r -> asked.incrementAndGet() == 1 ? throttled() : lost());

    WorkerException failure =
        catchThrowableOfType(
            WorkerException.class, () -> fleet.service(builder()).get("/").execute());

    assertThat(failure.attempts()).hasSize(3);
    assertThat(failure.getSuppressed()).hasSize(1);
    assertThat(((WorkerException) failure.getSuppressed()[0]).attempts())
        .containsExactly(failure.attempts().get(1));
  }

  @Test
  void aStreamedAnswerIsNotHandedOverClosedWhereTheBreakerOpensMeanwhile() throws Exception {
    CircuitBreakerRegistry breakers = CircuitBreakerRegistry.ofDefaults();
    fleet.proxy().answers(throttled());
    WorkerService service =
        fleet.service(
            builder()
                .circuitBreaker(CircuitBreakerOptions.ofDefaults())
                .circuitBreakerRegistry(breakers)
                .timing(
                    (time, cancellation) ->
                        breakers
                            .circuitBreaker("APIMOM.binding-proxy")
                            .transitionToForcedOpenState(),
                    () -> 1,
                    Clock.systemUTC()));

    String what;
    try (StreamingResponse response = service.get("/").executeStreaming()) {
      what = new String(response.stream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    } catch (WorkerException e) {
      what = e.serviceError().code();
    }

    assertThat(what).isIn("later", "CIRCUIT_OPEN");
  }

  @Test
  void aCallThatNoBreakerLetsThroughIsNoSuccess() {
    CircuitBreakerRegistry breakers = CircuitBreakerRegistry.ofDefaults();
    WorkerService service =
        fleet.service(
            builder()
                .circuitBreaker(CircuitBreakerOptions.ofDefaults())
                .circuitBreakerRegistry(breakers));
    breakers.getAllCircuitBreakers().forEach(CircuitBreaker::transitionToForcedOpenState);

    fails(service);

    assertThat(fleet.proxy().requests()).isEmpty();
    Retry.Metrics metrics = registry.retry("APIMOM").getMetrics();
    assertThat(metrics.getNumberOfSuccessfulCallsWithoutRetryAttempt()).isZero();
    assertThat(metrics.getNumberOfSuccessfulCallsWithRetryAttempt()).isZero();
  }

  @Test
  void aRepeatThatTheBreakerHoldsBackCostsNoTokens() {
    CircuitBreakerRegistry breakers = CircuitBreakerRegistry.ofDefaults();
    AtomicInteger waits = new AtomicInteger();
    fleet.proxy().answers(lost());
    WorkerService service =
        fleet.service(
            builder()
                .circuitBreaker(CircuitBreakerOptions.ofDefaults())
                .circuitBreakerRegistry(breakers)
                .retryBudget(RetryBudgetOptions.builder().capacity(14).build())
                .timing(
                    (time, cancellation) -> {
                      if (waits.incrementAndGet() == 1) {
                        breakers
                            .circuitBreaker("APIMOM.binding-proxy")
                            .transitionToForcedOpenState();
                      }
                    },
                    () -> 1,
                    Clock.systemUTC()));

    fails(service);
    assertThat(fleet.proxy().requests()).hasSize(1);
    breakers.circuitBreaker("APIMOM.binding-proxy").transitionToClosedState();
    fails(service);

    assertThat(fleet.proxy().requests()).hasSize(3);
  }

  @Test
  void aRepeatThatIsCancelledWhileItWaitsCostsNoTokens() {
    AtomicInteger waits = new AtomicInteger();
    fleet.proxy().answers(lost());
    WorkerService service =
        fleet.service(
            builder()
                .retryBudget(RetryBudgetOptions.builder().capacity(14).build())
                .timing(
                    (time, cancellation) -> {
                      if (waits.incrementAndGet() == 1) {
                        Thread.currentThread().interrupt();
                      }
                    },
                    () -> 1,
                    Clock.systemUTC()));

    fails(service);
    assertThat(Thread.interrupted()).isTrue();
    fails(service);

    assertThat(fleet.proxy().requests()).hasSize(3);
  }

  private static MockResponse throttled() {
    return plain(429, "later")
        .newBuilder()
        .addHeader("Retry-After", "0")
        .addHeader("Binding-Proxy-Outcome", "target-answered")
        .build();
  }
}

package dev.workerclient.internal.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workerclient.error.Attempt;
import dev.workerclient.error.Delivery;
import dev.workerclient.error.WorkerConnectionException;
import dev.workerclient.error.WorkerTimeoutException.Phase;
import dev.workerclient.internal.call.CallPath.GuardedRoute;
import dev.workerclient.internal.call.CallPath.Sender;
import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.classify.Secrets;
import dev.workerclient.internal.classify.table.FailureKind;
import dev.workerclient.internal.http.CallSpec.Limits;
import dev.workerclient.internal.http.Outcome;
import dev.workerclient.internal.route.CustomDomainRoute;
import dev.workerclient.internal.route.Origin;
import dev.workerclient.internal.route.RouteBreaker;
import dev.workerclient.internal.route.RouteFailure;
import dev.workerclient.internal.route.RouteFailure.Symptom;
import dev.workerclient.internal.route.RouteHeaders;
import dev.workerclient.internal.route.SetClock;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import okhttp3.Headers;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the end of an attempt says of its route, and which call tries a route that is skipped. */
class BreakerGateTest {
  private static final long MILLI = 1_000_000;
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Limits LIMITS = new Limits(SECOND.multipliedBy(4), SECOND, SECOND, 1);
  private static final Outcome ANSWER =
      new Outcome.Answered(200, Headers.of(), true, new Buffer(), null, Secrets.NONE, 1);

  private final SetClock clock = new SetClock();
  private final CircuitBreakerRegistry registry = CircuitBreakerRegistry.ofDefaults();
  private final RouteBreaker breaker = breaker("a", true);
  private final RouteBreaker other = breaker("b", true);
  private final CircuitBreaker seen = registry.circuitBreaker("ORDERS.a");

  private RouteBreaker breaker(String route, boolean adaptive) {
    Duration time = Duration.ofMinutes(1);
    return RouteBreaker.of(
        "ORDERS",
        route,
        new RouteBreaker.Policy(
            adaptive, 10, 5, 50, 100, time, time, 2, time, 2, registry, clock, () -> 0.5));
  }

  private static GuardedRoute guarded(RouteBreaker guard, String host) {
    Origin origin = Origin.parse("origin", "https://" + host, Set.of());
    RouteHeaders headers = new RouteHeaders(null, null, null, List.of());
    return new GuardedRoute(new CustomDomainRoute(origin, headers, null, null), guard, null, null);
  }

  private Call call(boolean repeatable, Limits limits) {
    return new Call(
        CallSpecs.get(repeatable, limits), RetryPolicy.ONE_PASS, null, () -> clock.millis * MILLI);
  }

  /** An attempt that takes so long and ends so. */
  private Sender attempt(long millis, Outcome outcome) {
    return call -> {
      clock.millis += millis;
      call.record(
          Attempt.builder("custom-domain")
              .delivery(Delivery.UNKNOWN)
              .elapsed(Duration.ofMillis(millis))
              .build(),
          outcome instanceof Outcome.Failed failed ? failed.failure() : null);
      return outcome;
    };
  }

  private static Sender gate(GuardedRoute guarded, List<GuardedRoute> chain, Sender attempt) {
    return BreakerGate.of(guarded, chain, attempt);
  }

  private Sender gate(Sender attempt) {
    GuardedRoute guarded = guarded(breaker, "example.com");
    return gate(guarded, List.of(guarded), attempt);
  }

  private Sender besideAHealthyRoute(Sender attempt) {
    GuardedRoute guarded = guarded(breaker, "example.com");
    return gate(guarded, List.of(guarded, guarded(other, "example.org")), attempt);
  }

  private static Outcome.Failed failed(Failure.Builder failure) {
    return new Outcome.Failed(failure.build(), 1);
  }

  private static Outcome.Failed timedOut(Phase phase) {
    return failed(Failure.builder(FailureKind.WORKER_TIMEOUT, "no answer").phase(phase));
  }

  private static Outcome.Failed connectionFailed() {
    return failed(
        Failure.builder(FailureKind.WORKER_CONNECTION, "reset")
            .phase(WorkerConnectionException.Phase.EXCHANGE));
  }

  /** What was noted of the route; {@code NONE} if nothing was. */
  private Symptom noted() {
    RouteFailure last = breaker.lastFailure();
    return last == null ? Symptom.NONE : last.symptom();
  }

  @ParameterizedTest
  @CsvSource({
    "example.com,UNKNOWN,NONE", // The target itself may have passed it on.
    "example.com,NOT_DELIVERED,MISCONFIGURED",
    "a.b.workers.dev,UNKNOWN,MISCONFIGURED"
  })
  void anError1042IsThePlatformsOnlyIfTheTargetCannotHaveSentIt(
      String host, Delivery delivery, Symptom symptom) {
    Failure.Builder failure = Failure.builder(FailureKind.ERROR_1042, "1042");
    Outcome outcome = failed(failure.delivery(delivery, "as the test says"));
    GuardedRoute guarded = guarded(breaker, host);

    gate(guarded, List.of(guarded), attempt(1, outcome)).send(call(true, LIMITS));

    assertThat(noted()).isEqualTo(symptom);
  }

  @ParameterizedTest
  @CsvSource({"399,FAILING", "400,NONE", "403,NONE", "499,NONE", "500,FAILING", "200,FAILING"})
  void aResponseWithoutItsMarkIsAFailureUnlessAFirewallMayHaveSentIt(int status, Symptom symptom) {
    Failure.Builder failure = Failure.builder(FailureKind.UNPROVEN_RESPONSE, "no mark");

    gate(attempt(1, failed(failure.response(status, null, null)))).send(call(true, LIMITS));

    assertThat(noted()).isEqualTo(symptom);
  }

  @ParameterizedTest
  @CsvSource({
    // The route had at least half of an attempt's time, or of the call's if that is less.
    "4000,1000,CALL,499,NONE",
    "4000,1000,CALL,500,FAILING",
    "600,1000,CALL,299,NONE",
    "600,1000,CALL,300,FAILING",
    "4000,1000,ATTEMPT,100,FAILING", // As when another limit of an attempt is short.
    "4000,1000,READ_IDLE,100,FAILING"
  })
  void aTimeoutCountsIfTheRouteHadEnoughTime(
      long callMillis, long attemptMillis, Phase phase, long took, Symptom symptom) {
    Duration attemptTime = Duration.ofMillis(attemptMillis);
    Limits limits = new Limits(Duration.ofMillis(callMillis), attemptTime, attemptTime, 1);

    gate(attempt(took, timedOut(phase))).send(call(true, limits));

    assertThat(noted()).isEqualTo(symptom);
  }

  @Test
  void aCallThatIsInAHurrySaysNothingOfTheRoute() {
    Duration little = Duration.ofMillis(600);

    gate(attempt(600, timedOut(Phase.CALL))).send(call(true, LIMITS.within(little)));
    gate(attempt(600, timedOut(Phase.ATTEMPT))).send(call(true, LIMITS.withAttempts(little)));
    assertThat(noted()).isEqualTo(Symptom.NONE);

    gate(attempt(600, timedOut(Phase.ATTEMPT))).send(call(true, LIMITS.within(little)));
    assertThat(noted()).isEqualTo(Symptom.FAILING);
  }

  @Test
  void whatConcernsOneRequestOrWasCancelledSaysNothingOfTheRoute() {
    Failure.Builder failure = Failure.builder(FailureKind.WORKER_THREW, "threw");

    gate(attempt(1, failed(failure.concernsRoute(false)))).send(call(true, LIMITS));
    gate(attempt(1, failed(Failure.builder(FailureKind.WORKER_CALL, "threw"))))
        .send(call(true, LIMITS));
    gate(attempt(1, new Outcome.Failed(CallFailures.cancelled(), 1))).send(call(true, LIMITS));

    assertThat(noted()).isEqualTo(Symptom.NONE);
    assertCounted(0, 0);
    gate(attempt(1, connectionFailed())).send(call(true, LIMITS));
    assertThat(noted()).isEqualTo(Symptom.FAILING);
    assertCounted(0, 1);
  }

  private void assertCounted(int successes, int failures) {
    assertThat(seen.getMetrics().getNumberOfSuccessfulCalls()).isEqualTo(successes);
    assertThat(seen.getMetrics().getNumberOfFailedCalls()).isEqualTo(failures);
  }

  @Test
  void onlyTheTimeOnThisRouteIsThatOfItsFailure() {
    Call call = call(true, LIMITS);
    attempt(400, connectionFailed()).send(call); // On another route.

    gate(attempt(100, connectionFailed())).send(call);

    assertThat(Objects.requireNonNull(breaker.lastFailure()).nanos()).isEqualTo(100 * MILLI);
  }

  private Sender overdue(long millis, Outcome outcome) {
    Sender attempt = attempt(millis, outcome);
    return call -> {
      call.overdue = true;
      return attempt.send(call);
    };
  }

  @Test
  void aLateAnswerIsNotedAsSlowAndCountedOnce() {
    gate(overdue(250, ANSWER)).send(call(true, LIMITS));

    RouteFailure last = Objects.requireNonNull(breaker.lastFailure());
    assertThat(last.symptom()).isEqualTo(Symptom.SLOW);
    assertThat(last.summary()).isEqualTo("took 250 ms, longer than usual");
    assertThat(last.undelivered()).isFalse();
    assertCounted(1, 0);
  }

  @Test
  void aLateTimeoutIsAFailureAndAnAttemptThatAnotherRouteOutranIsNot() {
    gate(overdue(250, timedOut(Phase.ATTEMPT))).send(call(true, LIMITS));
    assertThat(noted()).isEqualTo(Symptom.SLOW);
    assertCounted(0, 1);

    gate(overdue(250, new Outcome.Failed(CallFailures.cancelled(), 1))).send(call(true, LIMITS));
    assertCounted(0, 1);
  }

  @Test
  void fixedThresholdsCountALateAnswerAsAnyOther() {
    RouteBreaker fixed = breaker("fixed", false);
    GuardedRoute guarded = guarded(fixed, "example.com");

    gate(guarded, List.of(guarded), overdue(250, ANSWER)).send(call(true, LIMITS));

    assertThat(fixed.lastFailure()).isNull();
    CircuitBreaker.Metrics metrics = registry.circuitBreaker("ORDERS.fixed").getMetrics();
    assertThat(metrics.getNumberOfSuccessfulCalls()).isEqualTo(1);
  }

  @Test
  void applicationCodeThatThrowsDuringATryLetsTheNextCallTry() {
    Sender failing = gate(attempt(0, connectionFailed()));
    for (int i = 0; i < 100 && breaker.state() == State.CLOSED; i++) {
      failing.send(call(true, LIMITS));
    }
    assertThat(failing.send(call(true, LIMITS))).isInstanceOf(Outcome.Skipped.class);
    clock.millis += 100;
    Sender throwing =
        gate(
            call -> {
              throw new IllegalStateException("as an interceptor may");
            });

    assertThatThrownBy(() -> throwing.send(call(true, LIMITS))).hasMessage("as an interceptor may");

    assertThat(gate(attempt(0, ANSWER)).send(call(true, LIMITS))).isSameAs(ANSWER);
  }

  @Test
  void aRouteIsTriedAfterTenTimesWhatItsFailureTook() {
    failing(200);

    clock.millis += 1_999;
    assertThat(besideAHealthyRoute(attempt(0, ANSWER)).send(call(true, LIMITS)))
        .isInstanceOf(Outcome.Skipped.class);
    clock.millis += 1;
    assertThat(besideAHealthyRoute(attempt(0, ANSWER)).send(call(true, LIMITS))).isSameAs(ANSWER);
  }

  @ParameterizedTest
  @CsvSource({"400,true,true", "399,true,false", "400,false,false"})
  void aCallTriesARouteIfItCanGoOnAndHasTwiceTheTimeOfTheFailure(
      long left, boolean repeatable, boolean tries) {
    failing(200);
    clock.millis += 2_000;
    Limits limits = new Limits(Duration.ofMillis(left), SECOND, SECOND, 1);

    Outcome outcome = besideAHealthyRoute(attempt(0, ANSWER)).send(call(repeatable, limits));

    assertThat(outcome instanceof Outcome.Answered).isEqualTo(tries);
  }

  /** Fails until it is skipped, each time after so long; the last of them ended just now. */
  private void failing(long millis) {
    for (int i = 0; i < 5; i++) {
      besideAHealthyRoute(attempt(millis, connectionFailed())).send(call(true, LIMITS));
    }
    assertThat(breaker.isClosed()).isFalse();
  }

  @Test
  void aRefusedCallSaysWhenToComeBackAndWhatFailed() {
    Sender gate = gate(attempt(0, connectionFailed()));
    Outcome outcome = gate.send(call(true, LIMITS));
    while (!(outcome instanceof Outcome.Skipped)) {
      outcome = gate.send(call(true, LIMITS));
    }

    assertThat(outcome)
        .isEqualTo(new Outcome.Skipped(Duration.ofMillis(100), Map.of("custom-domain", "reset")));
  }
}

package dev.workerclient;

import static dev.workerclient.Breakers.bothFixed;
import static dev.workerclient.Breakers.call;
import static dev.workerclient.Breakers.cloudflare;
import static dev.workerclient.Breakers.lost;
import static dev.workerclient.Breakers.proxyOnlyFixed;
import static dev.workerclient.Breakers.refused;
import static dev.workerclient.TestRoute.answered;
import static dev.workerclient.TestRoute.dropped;
import static dev.workerclient.TestRoute.hanging;
import static dev.workerclient.TestRoute.plain;
import static dev.workerclient.TestRoute.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Named.named;

import dev.workerclient.error.Attempt;
import dev.workerclient.error.CircuitOpenException;
import dev.workerclient.error.CloudflareErrorException;
import dev.workerclient.error.Delivery;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fixed thresholds: when a route is skipped, for how long, and what a call gets then. */
@Timeout(60)
class CircuitBreakerTest {
  @RegisterExtension final TestFleet fleet = new TestFleet();
  private final TestTiming timing = new TestTiming();

  static Stream<Named<MockResponse>> failuresOfTheRoute() {
    return Stream.of(
        named("transport", dropped()),
        named("timeout", hanging()),
        named("522", cloudflare(522, 522)),
        named("NETWORK_LOST", lost()),
        named("the proxy's timeout", problem(504, "dispatch-threw", "TIMED_OUT")));
  }

  @ParameterizedTest
  @MethodSource("failuresOfTheRoute")
  void afterFiveFailuresNoRequestReachesTheRoute(MockResponse failure) {
    fleet.proxy().answers(failure);
    WorkerService service =
        fleet.service(proxyOnlyFixed(fleet, timing).attemptTimeout(Duration.ofMillis(100)));

    call(service, 5);
    assertThat(fleet.proxy().requests()).hasSize(5);

    call(service, 5);
    assertThat(refused(service)).isNotNull();
    assertThat(fleet.proxy().requests()).hasSize(5);
  }

  @Test
  void fewerThanHalfOfTheLastTenOpenNothing() {
    WorkerService service = fleet.service(proxyOnlyFixed(fleet, timing));
    fleet.proxy().answers(answered(200, "{}"));
    call(service, 6);
    fleet.proxy().answers(lost());
    call(service, 4);
    assertThat(fleet.proxy().requests()).hasSize(10);

    call(service, 1); // The fifth of the last ten.
    assertThat(fleet.proxy().requests()).hasSize(11);
    call(service, 3);
    assertThat(fleet.proxy().requests()).hasSize(11);
  }

  @ParameterizedTest
  @CsvSource({"0, 24000", "0.5, 30000", "1, 36000"})
  void theRouteIsLeftOutForThirtySecondsGiveOrTakeAFifth(double dice, long millis) {
    timing.dice(dice);
    fleet.proxy().answers(lost());
    WorkerService service = fleet.service(proxyOnlyFixed(fleet, timing));
    call(service, 5);

    timing.pass(Duration.ofMillis(millis - 1));
    assertThat(refused(service).retryAfter()).isEqualTo(Duration.ofMillis(1));
    assertThat(fleet.proxy().requests()).hasSize(5);

    timing.pass(Duration.ofMillis(2));
    call(service, 1);
    assertThat(fleet.proxy().requests()).hasSize(6);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 503, 404, 429})
  void anAnswerOfAnyStatusOpensNothing(int status) {
    fleet.proxy().answers(answered(status, "{}"));
    WorkerService service = fleet.service(proxyOnlyFixed(fleet, timing));

    call(service, 20);

    assertThat(fleet.proxy().requests()).hasSize(20);
  }

  @Test
  void whileOneRouteIsLeftOutCallsGoToTheOtherAtOnce() {
    fleet.proxy().answers(lost());
    fleet.domain().answers(plain(200, "{}"));
    WorkerService service =
        fleet.service(
            bothFixed(fleet, timing).retry(RetryOptions.builder().maxAttempts(2).build()));
    call(service, 5);

    WorkerResponse response = service.post("/").execute();

    assertThat(response.attempts()).extracting(Attempt::route).containsExactly("custom-domain");
    assertThat(fleet.proxy().requests()).hasSize(5);
  }

  @Test
  void aRouteThatIsLeftOutIsNoAttempt() {
    fleet.proxy().answers(lost());
    fleet.domain().answers(plain(200, "{}"));
    WorkerService service = fleet.service(bothFixed(fleet, timing));
    call(service, 5);

    WorkerResponse response =
        service.get("/").retry(RetryOptions.builder().maxAttempts(1).build()).execute();

    assertThat(response.route()).isEqualTo("custom-domain");
  }

  @Test
  void theFailureOfTheRouteThatWasAskedIsThrown() {
    fleet.proxy().answers(lost());
    fleet.domain().answers(plain(200, "{}"));
    WorkerService service = fleet.service(bothFixed(fleet, timing));
    call(service, 5);
    fleet.domain().answers(cloudflare(522, 522));

    CloudflareErrorException failure =
        catchThrowableOfType(CloudflareErrorException.class, () -> service.get("/").execute());

    assertThat(failure.attempts()).extracting(Attempt::route).containsExactly("custom-domain");
    assertThat(failure.delivery()).isEqualTo(Delivery.UNKNOWN);
  }

  @Test
  void whereAllRoutesAreLeftOutTheCallFailsWithoutAnAttemptAndSaysWhenToComeBack() {
    fleet.proxy().answers(lost());
    AtomicInteger asked = new AtomicInteger();
    fleet
        .domain()
        .answers(
            request -> {
              timing.dice(asked.incrementAndGet() == 5 ? 0 : 1); // 24 s instead of 36 s.
              return dropped();
            });
    WorkerService service = fleet.service(bothFixed(fleet, timing));
    call(service, 5);

    CircuitOpenException failure =
        catchThrowableOfType(CircuitOpenException.class, () -> service.post("/").execute());

    assertThat(failure.attempts()).isEmpty();
    assertThat(failure.delivery()).isEqualTo(Delivery.NOT_DELIVERED);
    assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(24));
    assertThat(fleet.proxy().requests()).hasSize(5);
    assertThat(fleet.domain().requests()).hasSize(5);
    assertThat(timing.waits()).isEmpty();
  }

  @Test
  void callsThatAreSlowByTheApplicationsOwnMeasureOpenAFixedBreaker() {
    fleet
        .proxy()
        .answers(answered(200, "{}").newBuilder().headersDelay(5, TimeUnit.MILLISECONDS).build());
    CircuitBreakerOptions slow =
        CircuitBreakerOptions.builder()
            .window(4)
            .minimumCalls(4)
            .slowCallDuration(Duration.ofMillis(1))
            .slowCallRate(100)
            .build();
    WorkerService service = fleet.service(proxyOnlyFixed(fleet, timing).circuitBreaker(slow));

    for (int i = 0; i < 4; i++) {
      assertThat(service.get("/").execute().status()).isEqualTo(200);
    }

    assertThatThrownBy(() -> service.get("/").execute()).isInstanceOf(CircuitOpenException.class);
    assertThat(fleet.proxy().requests()).hasSize(4);
  }

  @Test
  void aResetLetsCallsThroughAtOnce() {
    fleet.proxy().answers(lost());
    try (WorkerClient client = proxyOnlyFixed(fleet, timing).build()) {
      WorkerService service = client.service(TestFleet.SERVICE);
      call(service, 5);
      assertThat(refused(service)).isNotNull();
      fleet.proxy().answers(answered(200, "{}"));

      client.resetBreakers();

      assertThat(service.post("/").execute().status()).isEqualTo(200);
    }
  }

  @Test
  void withoutBreakersEachCallReachesTheRoute() {
    fleet.proxy().answers(lost());
    WorkerService service =
        fleet.service(
            proxyOnlyFixed(fleet, timing).circuitBreaker(CircuitBreakerOptions.disabled()));

    call(service, 20);

    assertThat(fleet.proxy().requests()).hasSize(20);
  }
}

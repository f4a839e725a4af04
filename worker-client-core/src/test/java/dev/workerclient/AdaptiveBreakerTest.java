package dev.workerclient;

import static dev.workerclient.Breakers.both;
import static dev.workerclient.Breakers.call;
import static dev.workerclient.Breakers.lost;
import static dev.workerclient.Breakers.proxyOnly;
import static dev.workerclient.Breakers.refused;
import static dev.workerclient.TestRoute.answered;
import static dev.workerclient.TestRoute.bindingMissing;
import static dev.workerclient.TestRoute.plain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.error.Attempt;
import dev.workerclient.error.CircuitOpenException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With the defaults: a route is skipped for a healthier one, and never refused to everybody. */
@Timeout(60)
class AdaptiveBreakerTest {
  @RegisterExtension final TestFleet fleet = new TestFleet();
  private final TestTiming timing = new TestTiming();

  @Test
  void aRouteThatAnswersEverySecondCallIsNotRefused() {
    WorkerService service = fleet.service(proxyOnly(fleet, timing));

    for (int i = 0; i < 30; i++) {
      fleet.proxy().answers(i % 2 == 0 ? answered(200, "{}") : lost());
      call(service, 1);
      timing.pass(Duration.ofMillis(10));
    }

    assertThat(fleet.proxy().requests()).hasSize(30);
  }

  @Test
  void aFifthOfTheCallsFailingOnTheOnlyRouteRefusesNone() {
    WorkerService service = fleet.service(proxyOnly(fleet, timing));

    for (int i = 0; i < 100; i++) {
      fleet.proxy().answers(i % 5 == 0 ? lost() : answered(200, "{}"));
      call(service, 1);
    }

    assertThat(fleet.proxy().requests()).hasSize(100);
  }

  @Test
  void afterFiveFailuresCallsGoToTheHealthierRouteAtOnce() {
    failingBesideAHealthyOne();
  }

  @Test
  void aRouteThatAnswersNothingIsTriedAtGrowingIntervals() {
    WorkerService service = dead();

    int before = fleet.proxy().requests().size();
    for (int i = 0; i < 200; i++) {
      timing.pass(Duration.ofMillis(50));
      call(service, 1);
    }

    assertThat(fleet.proxy().requests().size() - before).isBetween(9, 15);
    assertThat(refused(service).retryAfter()).isLessThanOrEqualTo(Duration.ofMillis(1_800));
  }

  @Test
  void oneAnswerBringsItBackStepByStep() {
    WorkerService service = dead();
    fleet.proxy().answers(answered(200, "{}"));
    int before = fleet.proxy().requests().size();

    call(service, 1);
    assertThat(fleet.proxy().requests()).hasSize(before);
    timing.pass(Duration.ofSeconds(2));
    call(service, 20);

    assertThat(fleet.proxy().requests()).hasSize(before + 20);
  }

  @Test
  void aSkippedRouteIsNotRefusedOnceTheOtherFailsToo() {
    WorkerService service = failingBesideAHealthyOne();
    fleet.domain().answers(Breakers.cloudflare(522, 522));
    call(service, 20);
    int before = fleet.proxy().requests().size();
    fleet.proxy().answers(answered(200, "{}"));

    timing.pass(Duration.ofMillis(200));
    assertThat(service.post("/").execute().route()).isEqualTo("binding-proxy");

    assertThat(fleet.proxy().requests()).hasSize(before + 1);
  }

  @Test
  void aSkippedRouteIsTriedByARepeatableCallAndNotByAPost() {
    WorkerService service = failingBesideAHealthyOne();
    int before = fleet.proxy().requests().size();
    fleet.proxy().answers(answered(200, "{}"));
    timing.pass(Duration.ofSeconds(1));

    assertThat(service.post("/").execute().route()).isEqualTo("custom-domain");
    assertThat(fleet.proxy().requests()).hasSize(before);
    assertThat(service.get("/").execute().route()).isEqualTo("binding-proxy");
    assertThat(service.post("/").execute().route()).isEqualTo("binding-proxy");
  }

  /** Two routes, only POSTs, no health path. */
  @Test
  void aPostFindsOutThatAMissingBindingIsThereAgain() {
    fleet.proxy().answers(bindingMissing());
    fleet.domain().answers(plain(200, "{}"));
    WorkerService service = fleet.service(both(fleet, timing));
    for (int minute = 0; minute < 60; minute++) {
      assertThat(service.post("/").execute().route()).isEqualTo("custom-domain");
      timing.pass(Duration.ofMinutes(1));
    }
    int before = fleet.domain().requests().size();

    fleet.proxy().answers(answered(200, "{}"));
    assertThat(service.post("/").execute().route()).isEqualTo("binding-proxy");
    assertThat(service.post("/").execute().route()).isEqualTo("binding-proxy");
    assertThat(fleet.domain().requests()).hasSize(before).hasSize(60);
  }

  @Test
  void aMissingBindingIsTriedAtGrowingIntervals() {
    fleet.proxy().answers(bindingMissing());
    fleet.domain().answers(plain(200, "{}"));
    WorkerService service = fleet.service(both(fleet, timing));

    for (int i = 0; i < 120; i++) {
      assertThat(service.post("/").execute().route()).isEqualTo("custom-domain");
      timing.pass(Duration.ofSeconds(5));
    }

    assertThat(fleet.proxy().requests()).hasSizeBetween(15, 25);
    assertThat(fleet.domain().requests()).hasSize(120);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 429})
  void aTryThatSaysNothingOfTheRouteIsFollowedByAnotherAtOnce(int code) {
    WorkerService service = dead();
    int before = fleet.proxy().requests().size();
    fleet.proxy().answers(Breakers.cloudflare(code, code == 500 ? 1101 : 1015));
    timing.pass(Duration.ofSeconds(2));

    call(service, 5);

    assertThat(fleet.proxy().requests()).hasSize(before + 5);
  }

  @Test
  void aRefusedCallSaysWhatEachRouteFailedWith() {
    WorkerService service = failingBesideAHealthyOne();
    fleet.domain().answers(Breakers.cloudflare(522, 522));
    call(service, 40);

    CircuitOpenException failure = refused(service);

    assertThat(failure.attempts()).isEmpty();
    assertThat(failure.lastFailures()).containsOnlyKeys("binding-proxy", "custom-domain");
    assertThat(failure.lastFailures().get("binding-proxy")).contains("NETWORK_LOST");
    assertThat(failure.lastFailures().get("custom-domain")).contains("522");
    assertThat(failure)
        .hasMessageContaining("binding-proxy last failed with: ")
        .hasMessageContaining("; custom-domain last failed with: ");
  }

  @Test
  void aResetBringsEveryRouteBackAtOnce() {
    fleet.proxy().answers(bindingMissing());
    fleet.domain().answers(plain(200, "{}"));
    try (WorkerClient client = both(fleet, timing).build()) {
      WorkerService service = client.service(TestFleet.SERVICE);
      call(service, 3);
      fleet.proxy().answers(answered(200, "{}"));
      assertThat(service.post("/").execute().route()).isEqualTo("custom-domain");

      client.resetBreakers();

      assertThat(service.post("/").execute().route()).isEqualTo("binding-proxy");
    }
  }

  /** A service with the proxy alone, which answers nothing and is only tried. */
  private WorkerService dead() {
    timing.dice(0);
    fleet.proxy().answers(lost());
    WorkerService service = fleet.service(proxyOnly(fleet, timing));
    call(service, 20);
    timing.dice(1);
    assertThat(refused(service)).isNotNull();
    return service;
  }

  /** A service whose first route failed five times and is skipped. */
  private WorkerService failingBesideAHealthyOne() {
    fleet.proxy().answers(lost());
    fleet.domain().answers(plain(200, "{}"));
    WorkerService service =
        fleet.service(both(fleet, timing).retry(RetryOptions.builder().maxAttempts(2).build()));
    call(service, 10);
    assertThat(fleet.proxy().requests()).hasSize(5);
    assertThat(service.post("/").execute().attempts())
        .extracting(Attempt::route)
        .containsExactly("custom-domain");
    return service;
  }
}

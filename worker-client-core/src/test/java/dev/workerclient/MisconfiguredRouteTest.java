package dev.workerclient;

import static dev.workerclient.Breakers.OPEN_TIME_IS_OVER;
import static dev.workerclient.Breakers.both;
import static dev.workerclient.Breakers.bothFixed;
import static dev.workerclient.Breakers.call;
import static dev.workerclient.Breakers.cloudflare;
import static dev.workerclient.Breakers.lost;
import static dev.workerclient.Breakers.proxyOnly;
import static dev.workerclient.TestRoute.answered;
import static dev.workerclient.TestRoute.bindingMissing;
import static dev.workerclient.TestRoute.error1042;
import static dev.workerclient.TestRoute.plain;
import static dev.workerclient.TestRoute.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import java.time.Duration;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A route that fails every call until somebody corrects it is skipped after two calls. */
@Timeout(60)
class MisconfiguredRouteTest {
  @RegisterExtension final TestFleet fleet = new TestFleet();
  private final TestTiming timing = new TestTiming();

  @BeforeEach
  void theDomainIsWell() {
    fleet.domain().answers(plain(200, "{}"));
  }

  static Stream<Named<MockResponse>> misconfigurations() {
    return Stream.of(
        named("BINDING_MISSING", bindingMissing()),
        named("BINDING_WRONG_KIND", problem(500, "not-dispatched", "BINDING_WRONG_KIND")),
        named("UNAUTHORIZED", problem(401, "not-dispatched", "UNAUTHORIZED")),
        named("1042 in place of the proxy", error1042()),
        named("1104 in place of the proxy", cloudflare(500, 1104)));
  }

  @ParameterizedTest
  @MethodSource("misconfigurations")
  void fromTheThirdCallOnNoRequestGoesThere(MockResponse failure) {
    fleet.proxy().answers(failure);
    WorkerService service = fleet.service(both(fleet, timing));

    call(service, 1);
    assertThat(fleet.proxy().requests()).hasSize(1);
    call(service, 5);
    assertThat(fleet.proxy().requests()).hasSize(2);
    assertThat(fleet.domain().requests()).hasSize(6);
  }

  @Test
  void aTokenThatIsRefusedTwiceInOneCallCountsOnce() {
    fleet.proxy().answers(problem(401, "not-dispatched", "UNAUTHORIZED"));
    WorkerService service =
        fleet.service(
            both(fleet, timing)
                .bindingProxy(fleet.proxy().url(), proxy -> proxy.bearerToken(() -> "t")));

    call(service, 1);
    assertThat(fleet.proxy().requests()).hasSize(2);
    call(service, 5);
    assertThat(fleet.proxy().requests()).hasSize(4);
  }

  @Test
  void oneCallThatMeetsItTwiceLeavesNothingOut() {
    fleet.proxy().answers(cloudflare(500, 1104));
    WorkerService service =
        fleet.service(proxyOnly(fleet, timing).retry(RetryOptions.ofDefaults()));

    call(service, 1);
    assertThat(fleet.proxy().requests()).hasSize(3);
    call(service, 3);
    assertThat(fleet.proxy().requests()).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anAnswerBetweenBeginsTheRowAnew(boolean fixed) {
    WorkerService service = fleet.service(fixed ? bothFixed(fleet, timing) : both(fleet, timing));
    fleet.proxy().answers(bindingMissing());
    call(service, 1);
    fleet.proxy().answers(answered(500, "{}"));
    call(service, 1);
    fleet.proxy().answers(bindingMissing());
    call(service, 5);

    assertThat(fleet.proxy().requests()).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anotherFailureBetweenBeginsTheRowAnew(boolean fixed) {
    WorkerService service = fleet.service(fixed ? bothFixed(fleet, timing) : both(fleet, timing));
    fleet.proxy().answers(bindingMissing());
    call(service, 1);
    fleet.proxy().answers(lost());
    call(service, 1);
    fleet.proxy().answers(bindingMissing());
    call(service, 5);

    assertThat(fleet.proxy().requests()).hasSize(4);
  }

  @Test
  void aStampedDomainWithoutAWorkerIsLeftOutToo() {
    fleet.domain().answers(error1042());
    WorkerService service =
        fleet.service(
            both(
                fleet,
                timing,
                own ->
                    own.customDomain(fleet.domain().url(), d -> d.stampedBy("X-Stamp"))
                        .routes("custom-domain")));

    call(service, 5);

    assertThat(fleet.domain().requests()).hasSize(2);
  }

  @Test
  void anUndeclaredDomainsCodeMayBePassedOnAndIsNoMisconfiguration() {
    fleet.domain().answers(error1042());
    WorkerService service = fleet.service(both(fleet, timing, own -> own.routes("custom-domain")));

    call(service, 4);

    assertThat(fleet.domain().requests()).hasSize(4);
  }

  @Test
  void theRouteIsLeftOutForItsOpenTimeAndIsNotKeptOutByCallsUnderWay() {
    fleet.proxy().answers(bindingMissing());
    WorkerService service = fleet.service(bothFixed(fleet, timing));
    call(service, 2);

    timing.pass(Duration.ofSeconds(35));
    call(service, 1);
    assertThat(fleet.proxy().requests()).hasSize(2);

    fleet.proxy().answers(answered(200, "{}"));
    timing.pass(Duration.ofSeconds(2));
    call(service, 3);
    assertThat(fleet.proxy().requests()).hasSize(5);
  }

  @Test
  void whileItRecoversOneMoreMisconfigurationLeavesItOutAgain() {
    fleet.proxy().answers(bindingMissing());
    WorkerService service = fleet.service(both(fleet, timing));
    call(service, 2);
    timing.pass(OPEN_TIME_IS_OVER);

    call(service, 5);

    assertThat(fleet.proxy().requests()).hasSize(3);
  }
}

package dev.workerclient;

import static dev.workerclient.Breakers.cloudflare;
import static dev.workerclient.DiagnoseTest.assertStopsAt;
import static dev.workerclient.ProxyReports.SOUND;
import static dev.workerclient.ProxyReports.proxy;
import static dev.workerclient.ProxyReports.report;
import static dev.workerclient.TestRoute.answered;
import static dev.workerclient.TestRoute.hanging;
import static dev.workerclient.TestRoute.plain;
import static dev.workerclient.TestRoute.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workerclient.health.Check;
import dev.workerclient.health.DiagnosisStep;
import dev.workerclient.health.DiagnosisStep.Result;
import dev.workerclient.health.RouteDiagnosis;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A diagnosis says of no step that it passed unless that was seen. */
@Timeout(60)
class DiagnoseEdgesTest {
  private static final Duration ENOUGH = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(400);

  @RegisterExtension final TestFleet fleet = new TestFleet();

  @BeforeEach
  void wellFleet() {
    fleet.proxy().answers(proxy(report(SOUND), answered(200, "{}")));
    fleet.domain().answers(plain(200, "{}"));
  }

  @Test
  void onAnInterruptedThreadNoConnectionIsSaidToBeMade() {
    WorkerService service = fleet.service(domain());
    Thread.currentThread().interrupt();

    RouteDiagnosis route = service.diagnose().route("custom-domain");

    assertThat(Thread.interrupted()).isTrue();
    assertThat(route.failure()).map(DiagnosisStep::check).hasValue(Check.CONFIGURED);
    assertThat(fleet.domain().requests()).isEmpty();
  }

  @Test
  void whereAnInterceptorThrewNoConnectionIsSaidToBeMade() {
    OkHttpClient throwing =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain -> {
                  throw new IllegalStateException("the application's own");
                })
            .build();

    DiagnosisReport report = fleet.service(domain().okHttpClient(throwing)).diagnose();

    assertStopsAt(report.route("custom-domain"), Check.CONFIGURED);
  }

  @Test
  void whereNothingAnsweredNothingIsSaidOfAccess() {
    fleet.domain().answers(hanging());

    RouteDiagnosis route =
        fleet.service(domain().healthTimeout(SHORT)).diagnose().route("custom-domain");

    assertThat(passed(route)).doesNotContain(Check.ACCESS);
    assertStopsAt(route, Check.ANSWERS);
  }

  @Test
  void aBindingThatTheReportDoesNotNameIsNotSaidToBeThere() {
    fleet.proxy().answers(proxy(report(), answered(200, "{}")));

    RouteDiagnosis route = fleet.service(onProxy()).diagnose().route("binding-proxy");

    assertThat(passed(route)).doesNotContain(Check.BINDING, Check.FETCHER);
  }

  @Test
  void aQueueIsNotSaidToTakeRequests() {
    String queue =
        SOUND
            .replace("\"service\"", "\"queue\"")
            .replace("\"fetchCallable\":true", "\"fetchCallable\":false");
    fleet.proxy().answers(proxy(report(queue), answered(200, "{}")));

    DiagnosisReport report = fleet.service(onProxy()).diagnose();

    assertThat(passed(report.route("binding-proxy"))).doesNotContain(Check.FETCHER);
    assertThat(report.passed()).isTrue();
  }

  @Test
  void anObjectOfWhatIsNoDurableObjectIsWrong() {
    DiagnosisReport report = fleet.service(onProxy()).durableObject("room-1").diagnose();

    assertStopsAt(report.route("binding-proxy"), Check.FETCHER);
  }

  @Test
  void anObjectThatEachRequestMakesAnewIsNotDiagnosed() {
    WorkerService unique = fleet.service(onProxy()).uniqueDurableObject();

    assertThatThrownBy(unique::diagnose)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("durableObject(name).diagnose()");
    assertThat(fleet.proxy().requests()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "NETWORK_LOST, dispatch-threw, ANSWERS",
    "SOMETHING_NEW, dispatch-threw, ANSWERS",
    "SOMETHING_NEW, not-dispatched, PROXY",
    "BAD_REQUEST, not-dispatched, PROXY"
  })
  void whatTheProxyRefusedIsItsOwnAndWhatItDispatchedIsNot(
      String code, String outcome, Check check) {
    fleet.proxy().answers(proxy(report(SOUND), problem(500, outcome, code)));

    assertStopsAt(fleet.service(onProxy()).diagnose().route("binding-proxy"), check);
  }

  @Test
  void aRateLimitOfTheZoneStandsInFrontOfTheTarget() {
    fleet.domain().answers(cloudflare(429, 1015));

    assertStopsAt(fleet.service(domain()).diagnose().route("custom-domain"), Check.ACCESS);
  }

  @Test
  void aProxyThatHangsIsNotBlamedOnTheTargetsHealthPath() {
    fleet.proxy().answers(hanging());

    DiagnosisReport report = fleet.service(onProxy().healthTimeout(SHORT)).diagnose();

    assertThat(report.route("binding-proxy").failure())
        .hasValueSatisfying(step -> assertThat(step.fix()).doesNotContain("health path"));
  }

  @Test
  void aDomainThatRoutesLeavesOutIsNotSaidToBeUnset() {
    WorkerService service =
        fleet.service(
            WorkerClient.builder()
                .bindingProxy(fleet.proxy().url())
                .service(
                    "APIMOM",
                    own -> own.customDomain(fleet.domain().url()).routes("binding-proxy")));

    assertThat(service.diagnose().route("custom-domain").step(Check.CONFIGURED))
        .hasValueSatisfying(
            step ->
                assertThat(step.seen() + step.fix()).doesNotContain("not set").contains("routes("));
  }

  @Test
  void theUsersOwnEventListenerSeesTheRequest() {
    AtomicInteger calls = new AtomicInteger();
    OkHttpClient listened =
        new OkHttpClient.Builder()
            .eventListener(
                new EventListener() {
                  @Override
                  public void callStart(okhttp3.Call call) {
                    calls.incrementAndGet();
                  }
                })
            .build();

    fleet.service(domain().okHttpClient(listened)).diagnose();

    assertThat(calls).hasValue(1);
  }

  private static List<Check> passed(RouteDiagnosis route) {
    return route.steps().stream()
        .filter(step -> step.result() == Result.PASSED)
        .map(DiagnosisStep::check)
        .toList();
  }

  private WorkerClient.Builder domain() {
    return WorkerClient.builder()
        .healthTimeout(ENOUGH)
        .attemptTimeout(ENOUGH)
        .service("APIMOM", own -> own.customDomain(fleet.domain().url()));
  }

  private WorkerClient.Builder onProxy() {
    return WorkerClient.builder()
        .healthTimeout(ENOUGH)
        .attemptTimeout(ENOUGH)
        .bindingProxy(fleet.proxy().url())
        .service("APIMOM");
  }
}

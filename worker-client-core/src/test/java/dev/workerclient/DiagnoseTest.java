package dev.workerclient;

import static dev.workerclient.Breakers.cloudflare;
import static dev.workerclient.ProxyReports.KV_INSTEAD;
import static dev.workerclient.ProxyReports.MISSING;
import static dev.workerclient.ProxyReports.NAMESPACE;
import static dev.workerclient.ProxyReports.SOUND;
import static dev.workerclient.ProxyReports.asksForReport;
import static dev.workerclient.ProxyReports.proxy;
import static dev.workerclient.ProxyReports.report;
import static dev.workerclient.TestRoute.answered;
import static dev.workerclient.TestRoute.bindingMissing;
import static dev.workerclient.TestRoute.dispatchMismatch;
import static dev.workerclient.TestRoute.error1042;
import static dev.workerclient.TestRoute.hanging;
import static dev.workerclient.TestRoute.plain;
import static dev.workerclient.TestRoute.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.workerclient.health.Check;
import dev.workerclient.health.DiagnosisStep;
import dev.workerclient.health.DiagnosisStep.Result;
import dev.workerclient.health.RouteDiagnosis;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** At which step a diagnosis stops for what is wrong behind the routes, and what it costs. */
@Timeout(60)
class DiagnoseTest {
  @RegisterExtension final TestFleet fleet = new TestFleet();

  @BeforeEach
  void wellFleet() {
    fleet.proxy().answers(proxy(report(SOUND), answered(200, "{}")));
    fleet.domain().answers(plain(200, "{}"));
  }

  @Test
  void aWellFleetPassesEveryStep() {
    DiagnosisReport report = diagnose();

    assertThat(report.passed()).isTrue();
    RouteDiagnosis proxy = report.route("binding-proxy");
    assertThat(proxy.steps()).extracting(DiagnosisStep::check).containsExactly(Check.values());
    assertThat(proxy.steps())
        .filteredOn(step -> step.result() != Result.PASSED)
        .extracting(DiagnosisStep::check)
        .containsExactly(Check.TLS);
    assertThat(seen(report, "binding-proxy", Check.CONNECTS)).contains("127.0.0.1");
    assertThat(seen(report, "binding-proxy", Check.FETCHER)).contains("Fetcher");
    assertThat(seen(report, "binding-proxy", Check.ANSWERS)).startsWith("HTTP 200 in ");
    assertThat(seen(report, "custom-domain", Check.STAMP)).startsWith("no stampedBy(…) is set");
  }

  static Stream<Arguments> failuresBehindTheProxy() {
    return Stream.of(
        arguments(report(SOUND), problem(401, "not-dispatched", "UNAUTHORIZED"), Check.PROXY),
        arguments(problem(401, "not-dispatched", "UNAUTHORIZED"), answered(200, ""), Check.PROXY),
        arguments(report(SOUND), problem(403, "not-dispatched", "FORBIDDEN"), Check.PROXY),
        arguments(
            problem(500, "not-dispatched", "PROXY_MISCONFIGURED"), answered(200, ""), Check.PROXY),
        arguments(plain(200, "a page"), answered(200, ""), Check.PROXY),
        arguments(accessLogin(), answered(200, ""), Check.ACCESS),
        arguments(
            problem(404, "not-dispatched", "BINDING_NOT_ALLOWED"),
            answered(200, ""),
            Check.BINDING),
        arguments(report(MISSING), bindingMissing(), Check.BINDING),
        arguments(problem(403, "not-dispatched", "FORBIDDEN"), bindingMissing(), Check.BINDING),
        arguments(
            report(KV_INSTEAD),
            problem(500, "not-dispatched", "BINDING_WRONG_KIND"),
            Check.FETCHER),
        arguments(report(SOUND), problem(500, "dispatch-threw", "NO_FETCH_HANDLER"), Check.FETCHER),
        arguments(report(SOUND), problem(500, "dispatch-threw", "TARGET_HUNG"), Check.ANSWERS),
        arguments(report(SOUND), problem(503, "dispatch-threw", "TIMED_OUT"), Check.ANSWERS),
        arguments(report(SOUND), error1042(), Check.NOT_1042),
        arguments(report(SOUND), dispatchMismatch(), Check.RESPONSE),
        arguments(report(SOUND), problem(500, "dispatch-threw", "TARGET_THREW"), Check.RESPONSE),
        arguments(report(SOUND), plain(200, "no mark"), Check.STAMP),
        arguments(report(SOUND), answered(503, "not well"), Check.HEALTHY));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("failuresBehindTheProxy")
  void itStopsAtTheStepThatIsWrongAndSaysWhatToDo(
      MockResponse report, MockResponse answer, Check check) {
    fleet.proxy().answers(proxy(report, answer));

    RouteDiagnosis route = diagnose().route("binding-proxy");

    assertStopsAt(route, check);
  }

  static Stream<Arguments> failuresOfTheDomain() {
    return Stream.of(
        arguments(accessLogin(), Check.ACCESS),
        arguments(cloudflare(403, 1020), Check.ACCESS),
        arguments(cloudflare(522, 522), Check.ANSWERS),
        arguments(error1042(), Check.NOT_1042),
        arguments(cloudflare(500, 1101), Check.RESPONSE),
        arguments(plain(200, "no stamp"), Check.STAMP),
        arguments(stamped(404), Check.HEALTHY));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("failuresOfTheDomain")
  void itStopsAtTheStepOfTheDomainThatIsWrong(MockResponse answer, Check check) {
    fleet.domain().answers(answer);
    WorkerService service =
        fleet.service(
            WorkerClient.builder()
                .healthTimeout(Duration.ofSeconds(20))
                .service(
                    "APIMOM",
                    own ->
                        own.healthPath("/v1/health")
                            .customDomain(
                                fleet.domain().url(), domain -> domain.stampedBy("ran"))));

    DiagnosisReport report = service.diagnose();

    assertStopsAt(report.route("custom-domain"), check);
    assertThat(report.passed()).isFalse();
  }

  @Test
  void aTargetThatHangsDoesNotAnswer() {
    fleet.proxy().answers(proxy(report(SOUND), hanging()));
    fleet.domain().answers(hanging());

    DiagnosisReport report = service(Duration.ofMillis(500)).diagnose();

    assertStopsAt(report.route("binding-proxy"), Check.ANSWERS);
    assertStopsAt(report.route("custom-domain"), Check.ANSWERS);
  }

  @Test
  void aProxyThatHangsIsNotTakenForATargetThatHangs() {
    fleet.proxy().answers(hanging());

    assertStopsAt(service(Duration.ofMillis(500)).diagnose().route("binding-proxy"), Check.PROXY);
  }

  @Test
  void theTargetGetsOneGetByEachRoute() {
    diagnose();

    assertThat(fleet.proxy().requests())
        .filteredOn(request -> !asksForReport(request))
        .extracting(RecordedRequest::getRequestLine)
        .containsExactly("GET /v1/health HTTP/1.1");
    assertThat(fleet.domain().requests()).hasSize(1);
    RecordedRequest report = fleet.proxy().requests().get(0);
    assertThat(report.getHeaders().get("Binding-Proxy-Op")).isEqualTo("diagnose;bindings");
    assertThat(report.getHeaders().get("Binding-Proxy-Target")).isEqualTo("APIMOM");
  }

  @Test
  void aTargetWhoseBindingIsMissingIsNotAskedThroughTheProxy() {
    fleet.proxy().answers(proxy(report(MISSING), bindingMissing()));

    diagnose();

    assertThat(fleet.proxy().requests()).hasSize(1);
  }

  @Test
  void eachRequestHasAConnectionOfItsOwn() {
    diagnose();

    assertThat(fleet.proxy().requests())
        .extracting(RecordedRequest::getConnectionIndex)
        .doesNotHaveDuplicates();
  }

  @Test
  void aNamespaceOfDurableObjectsIsNotAskedUnlessAnObjectIsNamed() {
    fleet.proxy().answers(proxy(report(NAMESPACE), answered(200, "{}")));
    WorkerService rooms = service();

    assertThat(rooms.diagnose().passed()).isTrue();
    assertThat(fleet.proxy().requests()).hasSize(1);

    DiagnosisReport room = rooms.durableObject("room-1").diagnose();
    assertThat(room.passed()).isTrue();
    assertThat(room.routes()).extracting(RouteDiagnosis::route).containsExactly("binding-proxy");
    RecordedRequest get = fleet.proxy().requests().get(2);
    assertThat(get.getHeaders().get("Binding-Proxy-Object")).isEqualTo("name:room-1");
  }

  @Test
  void aProxyThatDoesNotKnowThisFormOfTheReportIsDiagnosedByTheCallAlone() {
    fleet
        .proxy()
        .answers(proxy(problem(500, "not-dispatched", "BAD_REQUEST"), answered(200, "{}")));

    DiagnosisReport report = diagnose();

    assertThat(report.passed()).isTrue();
    assertThat(seen(report, "binding-proxy", Check.PROXY)).contains("BAD_REQUEST");
  }

  @Test
  void aServiceWithoutADomainIsToldOfIt() {
    WorkerService service =
        fleet.service(WorkerClient.builder().bindingProxy(fleet.proxy().url()).service("APIMOM"));

    DiagnosisReport report = service.diagnose();

    DiagnosisStep step = report.route("custom-domain").steps().get(0);
    assertThat(step.result()).isEqualTo(Result.SKIPPED);
    assertThat(step.fix()).contains("customDomain(");
    assertThat(report.passed()).isTrue();
    assertThat(report.route("binding-proxy").step(Check.HEALTHY))
        .hasValueSatisfying(last -> assertThat(last.result()).isEqualTo(Result.SKIPPED));
  }

  @Test
  void aRouteThatWasNotWalkedSaysWhichWere() {
    DiagnosisReport report = diagnose();

    assertThatThrownBy(() -> report.route("domain"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no route \"domain\" was walked; there are [binding-proxy, custom-domain]");
  }

  static void assertStopsAt(RouteDiagnosis route, Check check) {
    assertThat(route.failure())
        .hasValueSatisfying(
            step -> {
              assertThat(step.check()).isEqualTo(check);
              assertThat(step.seen()).isNotEmpty();
              assertThat(step.fix()).isNotEmpty();
            });
    List<DiagnosisStep> after =
        route.steps().stream().filter(step -> step.check().compareTo(check) > 0).toList();
    assertThat(after).allSatisfy(step -> assertThat(step.seen()).isEqualTo("not reached"));
  }

  private static String seen(DiagnosisReport report, String route, Check check) {
    return report.route(route).step(check).orElseThrow().seen();
  }

  private DiagnosisReport diagnose() {
    return service().diagnose();
  }

  private WorkerService service() {
    return service(Duration.ofSeconds(20));
  }

  private WorkerService service(Duration limit) {
    return fleet.service(
        WorkerClient.builder()
            .bindingProxy(fleet.proxy().url())
            .healthTimeout(limit)
            .service(
                "APIMOM", own -> own.healthPath("/v1/health").customDomain(fleet.domain().url())));
  }

  private static MockResponse accessLogin() {
    return new MockResponse.Builder()
        .code(302)
        .addHeader("Location", "https://acme.cloudflareaccess.com/cdn-cgi/access/login/x")
        .build();
  }

  private static MockResponse stamped(int status) {
    return plain(status, "{}").newBuilder().addHeader("ran", "1").build();
  }
}

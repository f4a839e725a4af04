package dev.workerclient;

import static dev.workerclient.Breakers.both;
import static dev.workerclient.Breakers.call;
import static dev.workerclient.Breakers.lost;
import static dev.workerclient.Breakers.proxyOnly;
import static dev.workerclient.ProxyReports.KV_INSTEAD;
import static dev.workerclient.ProxyReports.MISSING;
import static dev.workerclient.ProxyReports.NAMESPACE;
import static dev.workerclient.ProxyReports.SOUND;
import static dev.workerclient.ProxyReports.proxy;
import static dev.workerclient.ProxyReports.report;
import static dev.workerclient.TestRoute.answered;
import static dev.workerclient.TestRoute.bindingMissing;
import static dev.workerclient.TestRoute.dispatchMismatch;
import static dev.workerclient.TestRoute.error1042;
import static dev.workerclient.TestRoute.plain;
import static dev.workerclient.TestRoute.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workerclient.error.ServiceError;
import dev.workerclient.health.BindingHealth;
import dev.workerclient.health.BreakerState;
import dev.workerclient.health.HealthStatus;
import dev.workerclient.health.ProxyHealth;
import dev.workerclient.health.RouteHealth;
import java.time.Duration;
import java.util.Objects;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What client.health() says of routes that work and routes that don't, and what it asks for that.
 */
@Timeout(60)
class HealthTest {
  @RegisterExtension final TestFleet fleet = new TestFleet();
  private final TestTiming timing = new TestTiming();
  private @Nullable WorkerClient opened;

  @AfterEach
  void close() {
    if (opened != null) {
      opened.close();
    }
  }

  @Test
  void withAllRoutesWellItIsUp() {
    fleet.proxy().answers(proxy(report(SOUND), answered(200, "{}")));
    fleet.domain().answers(plain(204, ""));

    HealthReport health = health();

    assertThat(health.status()).isEqualTo(HealthStatus.UP);
    assertThat(health.httpStatus()).isEqualTo(200);
    RouteHealth first = health.service("APIMOM").routes().get(0);
    assertThat(first.route()).isEqualTo("binding-proxy");
    assertThat(first.httpStatus()).hasValue(200);
    assertThat(first.latency()).isPositive();
    assertThat(first.error()).isNull();
    assertThat(first.breaker()).isEqualTo(BreakerState.CLOSED);
    assertThat(health.service("APIMOM").route("custom-domain").httpStatus()).hasValue(204);
  }

  @Test
  void eachRouteGetsOneGetOfTheHealthPathAndTheProxyOneRequestForItsReport() {
    fleet.proxy().answers(proxy(report(SOUND), answered(200, "{}")));
    fleet.domain().answers(plain(200, "{}"));

    health();

    assertThat(fleet.domain().requests()).singleElement().satisfies(HealthTest::asksHealthPath);
    assertThat(fleet.proxy().requests())
        .hasSize(2)
        .anySatisfy(HealthTest::asksHealthPath)
        .anySatisfy(
            request ->
                assertThat(request.getHeaders().get("Binding-Proxy-Op")).isEqualTo("diagnose"));
  }

  private static void asksHealthPath(RecordedRequest request) {
    assertThat(request.getRequestLine()).isEqualTo("GET /v1/health HTTP/1.1");
  }

  @Test
  void whereTheFallbackAloneWorksItIsDegradedAndStill200() {
    fleet.proxy().answers(proxy(report(MISSING), bindingMissing()));
    fleet.domain().answers(plain(200, "{}"));

    HealthReport health = health();

    assertThat(health.status()).isEqualTo(HealthStatus.DEGRADED);
    assertThat(health.httpStatus()).isEqualTo(200);
    assertThat(error(health, "binding-proxy").code()).isEqualTo("BINDING_NOT_FOUND");
    assertThat(error(health, "binding-proxy").diagnosis().fix()).isNotEmpty();
  }

  @Test
  void whereNoRouteWorksItIsDownAnd503() {
    fleet.proxy().answers(proxy(report(SOUND), dispatchMismatch()));
    fleet.domain().answers(error1042());

    HealthReport health = health();

    assertThat(health.status()).isEqualTo(HealthStatus.DOWN);
    assertThat(health.httpStatus()).isEqualTo(503);
    assertThat(error(health, "binding-proxy").code()).isEqualTo("DISPATCH_MISMATCH");
    assertThat(error(health, "custom-domain").code()).isEqualTo("ERROR_1042");
    assertThat(error(health, "custom-domain").rayId()).isEqualTo("8f1c2d3e4f5a6b7c-FRA");
  }

  @ParameterizedTest
  @CsvSource({"404, correct healthPath", "503, see the target's log", "302, see the target's log"})
  void aHealthPathThatAnswersAnythingBut2xxIsNotUp(int status, String fix) {
    fleet.proxy().answers(proxy(report(SOUND), answered(status, "{}")));
    fleet.domain().answers(plain(200, "{}"));

    ServiceError error = error(health(), "binding-proxy");

    assertThat(error.code()).isEqualTo("WORKER_RESPONSE");
    assertThat(error.message()).contains("HTTP " + status);
    assertThat(error.diagnosis().fix()).contains(fix);
  }

  @Test
  void withoutAHealthPathAnyAnswerOfTheRootWillDo() {
    fleet.proxy().answers(proxy(report(SOUND), answered(404, "not here")));
    WorkerClient client =
        open(WorkerClient.builder().bindingProxy(fleet.proxy().url()).service("APIMOM"));

    assertThat(client.health().status()).isEqualTo(HealthStatus.UP);
    assertThat(fleet.proxy().requests())
        .anySatisfy(request -> assertThat(request.getTarget()).isEqualTo("/"));
  }

  @Test
  void whatTheProxySaysOfTheBindingIsMergedIn() {
    fleet
        .proxy()
        .answers(proxy(report(KV_INSTEAD), problem(500, "not-dispatched", "BINDING_WRONG_KIND")));
    fleet.domain().answers(plain(200, "{}"));

    HealthReport health = health();

    BindingHealth binding =
        Objects.requireNonNull(health.service("APIMOM").route("binding-proxy").binding());
    assertThat(binding.kind()).isEqualTo("other");
    assertThat(binding.className()).isEqualTo("KvNamespace");
    assertThat(binding.isAsConfigured()).isFalse();
    assertThat(health.service("APIMOM").route("custom-domain").binding()).isNull();
    assertThat(health.toTable()).contains("KvNamespace");
  }

  @Test
  void aBindingThatTakesNoPlainRequestIsUpWhereTheProxyHasItAsItShouldBe() {
    fleet.proxy().answers(proxy(report(NAMESPACE), problem(500, "not-dispatched", "BAD_REQUEST")));
    fleet.domain().answers(plain(200, "{}"));

    RouteHealth route = health().service("APIMOM").route("binding-proxy");

    assertThat(route.up()).isTrue();
    assertThat(route.httpStatus()).isEmpty();
  }

  @Test
  void aProxyThatRefusesItsReportIsStillARouteThatWorks() {
    fleet.proxy().answers(proxy(problem(403, "not-dispatched", "FORBIDDEN"), answered(200, "{}")));
    fleet.domain().answers(plain(200, "{}"));

    HealthReport health = health();

    assertThat(health.status()).isEqualTo(HealthStatus.UP);
    assertThat(proxyError(health).code()).isEqualTo("ACCESS_DENIED");
    assertThat(health.toTable()).contains("The binding proxy gave no report of its own");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]",
        "{}",
        "{\"bindings\":{}}",
        "{\"bindings\":[{\"binding\":\"APIMOM\"}]}",
        "{\"bindings\":[{\"binding\":\"APIMOM\",\"kind\":7,\"expected\":\"service\"}]}",
        "{\"bindings\":[{\"binding\":\"A\",\"kind\":\"k\",\"expected\":\"k\",\"health\":1}]}",
        "{\"bindings\":["
      })
  void aReportThatIsNoneIsSaidToBeNone(String body) {
    MockResponse broken = report().newBuilder().body(body).build();
    fleet.proxy().answers(proxy(broken, answered(200, "{}")));
    fleet.domain().answers(plain(200, "{}"));

    HealthReport health = health();

    assertThat(proxyError(health).code()).isEqualTo("WORKER_DECODING");
    assertThat(health.status()).isEqualTo(HealthStatus.UP);
  }

  @Test
  void membersOfTheReportThatAreNewToUsAreSkipped() {
    String more =
        SOUND
            .replaceFirst("\\{", "{\"new\":{\"deep\":[1,{}]},")
            .replace("\"path\"", "\"n\":[],\"path\"");
    fleet.proxy().answers(proxy(report(more), answered(200, "{}")));
    fleet.domain().answers(plain(200, "{}"));

    ProxyHealth proxy = Objects.requireNonNull(health().proxy());

    assertThat(proxy.error()).isNull();
    BindingHealth binding = Objects.requireNonNull(proxy.binding("APIMOM"));
    assertThat(binding.httpStatus()).hasValue(200);
    assertThat(binding.latency()).isEqualTo(Duration.ofMillis(3));
  }

  @Test
  void anOpenBreakerStaysOpenForAsLongAsItWould() {
    fleet.proxy().answers(lost());
    fleet.domain().answers(plain(200, "{}"));
    WorkerClient client = breakers();
    call(client.service("APIMOM"), 5);
    fleet.proxy().answers(proxy(report(SOUND), answered(200, "{}")));

    RouteHealth route = client.health().service("APIMOM").route("binding-proxy");

    assertThat(route.up()).isTrue();
    assertThat(route.breaker()).isEqualTo(BreakerState.OPEN);
    assertThat(route.breakerOpenFor()).isEqualTo(Duration.ofSeconds(36));
    timing.pass(Duration.ofSeconds(35));
    assertThat(client.health().service("APIMOM").route("binding-proxy").breakerOpenFor())
        .isEqualTo(Duration.ofSeconds(1));
    assertThat(client.service("APIMOM").get("/").execute().route()).isEqualTo("custom-domain");
  }

  @Test
  void failuresThatHealthSeesOpenNoBreaker() {
    fleet.proxy().answers(bindingMissing());
    fleet.domain().answers(plain(200, "{}"));
    WorkerClient client = breakers();

    for (int i = 0; i < 10; i++) {
      client.health();
      timing.pass(Duration.ofSeconds(6));
    }

    fleet.proxy().answers(answered(200, "{}"));
    assertThat(client.service("APIMOM").get("/").execute().route()).isEqualTo("binding-proxy");
  }

  @Test
  void aHalfOpenBreakerKeepsItsPermits() {
    fleet.proxy().answers(lost());
    WorkerClient client = open(proxyOnly(fleet, timing).circuitBreaker(Breakers.FIXED));
    WorkerService service = client.service("APIMOM");
    call(service, 5);
    timing.pass(Breakers.OPEN_TIME_IS_OVER);
    fleet.proxy().answers(proxy(report(SOUND), answered(200, "{}")));
    call(service, 1); // The first of two permits.

    for (int i = 0; i < 5; i++) {
      assertThat(breaker(client)).isEqualTo(BreakerState.HALF_OPEN);
      timing.pass(Duration.ofSeconds(6));
    }

    call(service, 1);
    assertThat(breaker(client)).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void withoutBreakersTheyAreOff() {
    fleet.proxy().answers(answered(200, "{}"));
    fleet.domain().answers(plain(200, "{}"));
    WorkerClient client = open(fleet.builder());

    assertThat(client.health().service("APIMOM").route("custom-domain").breaker())
        .isEqualTo(BreakerState.OFF);
  }

  @Test
  void aClosedClientHasNoHealth() {
    WorkerClient client = open(fleet.builder());
    client.close();

    assertThatThrownBy(() -> client.health())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void anUnknownServiceOrRouteOfTheReportSaysWhatThereIs() {
    fleet.proxy().answers(answered(200, "{}"));
    fleet.domain().answers(plain(200, "{}"));
    HealthReport health = health();

    assertThatThrownBy(() -> health.service("APIMUM"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no service \"APIMUM\"; known are [APIMOM]");
    assertThatThrownBy(() -> health.service("APIMOM").route("proxy"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("it has [binding-proxy, custom-domain]");
  }

  private static BreakerState breaker(WorkerClient client) {
    return client.health().service("APIMOM").route("binding-proxy").breaker();
  }

  private WorkerClient breakers() {
    return open(
        both(fleet, timing, service -> service.healthPath("/v1/health"))
            .circuitBreaker(Breakers.FIXED)
            .probesOn(
                probe -> {
                  throw new AssertionError("no probe of a breaker");
                }));
  }

  private WorkerClient open(WorkerClient.Builder builder) {
    WorkerClient client = builder.build();
    opened = client;
    return client;
  }

  private HealthReport health() {
    return open(both(fleet, timing, service -> service.healthPath("/v1/health"))).health();
  }

  private static ServiceError error(HealthReport health, String route) {
    return Objects.requireNonNull(health.service("APIMOM").route(route).error());
  }

  private static ServiceError proxyError(HealthReport health) {
    return Objects.requireNonNull(Objects.requireNonNull(health.proxy()).error());
  }
}

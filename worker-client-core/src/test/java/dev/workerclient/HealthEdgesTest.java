package dev.workerclient;

import static dev.workerclient.ProxyReports.SOUND;
import static dev.workerclient.ProxyReports.asksForReport;
import static dev.workerclient.ProxyReports.proxy;
import static dev.workerclient.ProxyReports.report;
import static dev.workerclient.TestRoute.answered;
import static dev.workerclient.TestRoute.hanging;
import static dev.workerclient.TestRoute.plain;
import static dev.workerclient.TestRoute.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workerclient.error.ServiceError;
import dev.workerclient.health.HealthStatus;
import dev.workerclient.health.ServiceHealth;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import okio.Buffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where one route's trouble could colour what health says of the others, or of itself. */
@Timeout(60)
class HealthEdgesTest {
  private static final Duration ENOUGH = Duration.ofSeconds(20);

  @RegisterExtension final TestFleet fleet = new TestFleet();

  @BeforeEach
  void wellFleet() {
    fleet.proxy().answers(proxy(report(SOUND), answered(200, "{}")));
    fleet.domain().answers(plain(200, "{}"));
  }

  @Test
  void anErrorThatATokensSupplierThrowsIsThatRoutesAlone() {
    WorkerClient.Builder builder =
        domain()
            .service(
                "OTHER",
                service ->
                    service.customDomain(
                        fleet.domain().url(),
                        domain ->
                            domain.bearerToken(
                                () -> {
                                  throw new NoClassDefFoundError("vault/Client");
                                })));
    try (WorkerClient client = builder.build()) {
      HealthReport health = client.health();

      assertThat(health.service("APIMOM").status()).isEqualTo(HealthStatus.UP);
      assertThat(error(health, "OTHER").message()).contains("NoClassDefFoundError");
    }
  }

  @ParameterizedTest
  @CsvSource({"200, UP", "500, DOWN"})
  void ofALargeAnswerTheStatusCountsAndTheBodyIsNotRead(int status, HealthStatus expected) {
    fleet
        .domain()
        .answers(
            plain(status, "").newBuilder().body(new Buffer().write(new byte[1 << 20])).build());
    try (WorkerClient client = domain().build()) {
      HealthReport health = client.health();

      assertThat(health.status()).isEqualTo(expected);
      assertThat(health.service("APIMOM").routes().get(0).httpStatus()).hasValue(status);
    }
  }

  @Test
  void aReportThatIsTooLargeIsNotAdvisedToBeStreamed() {
    fleet
        .proxy()
        .answers(
            proxy(
                report().newBuilder().body(" ".repeat((1 << 20) + 1)).build(),
                answered(200, "{}")));
    try (WorkerClient client = onProxy().build()) {
      ServiceError error =
          Objects.requireNonNull(Objects.requireNonNull(client.health().proxy()).error());

      assertThat(error.code()).isEqualTo("WORKER_DECODING");
      assertThat(error.diagnosis().fix()).contains("deploy the binding proxy");
    }
  }

  @Test
  void aCallTimeoutThatIsShorterCounts() {
    fleet.domain().answers(hanging());
    try (WorkerClient client = domain().callTimeout(Duration.ofMillis(100)).build()) {
      assertThat(client.health().service("APIMOM").routes().get(0).latency())
          .isLessThan(ENOUGH.dividedBy(2));
    }
  }

  @Test
  void theProxyHasTimeLeftToReportThatOneOfItsTargetsHangs() {
    try (WorkerClient client = onProxy().healthTimeout(Duration.ofSeconds(2)).build()) {
      client.health();

      assertThat(fleet.proxy().requests())
          .filteredOn(request -> asksForReport(request))
          .singleElement()
          .satisfies(
              request ->
                  assertThat(
                          Integer.parseInt(
                              Objects.requireNonNull(
                                  request.getHeaders().get("Binding-Proxy-Timeout-Ms"))))
                      .isBetween(1, 1400));
    }
  }

  @Test
  void theProxyIsAskedAgainWithATokenReadAnew() {
    Set<Thread> haveRead = ConcurrentHashMap.newKeySet(); // Each request has a thread of its own.
    fleet
        .proxy()
        .answers(
            request ->
                !asksForReport(request)
                    ? answered(200, "{}")
                    : "Bearer old".equals(request.getHeaders().get("Binding-Proxy-Authorization"))
                        ? problem(401, "not-dispatched", "UNAUTHORIZED")
                        : report(SOUND));
    WorkerClient.Builder builder =
        WorkerClient.builder()
            .healthTimeout(ENOUGH)
            .bindingProxy(
                fleet.proxy().url(),
                proxy ->
                    proxy.bearerToken(() -> haveRead.add(Thread.currentThread()) ? "old" : "new"))
            .service("APIMOM");
    try (WorkerClient client = builder.build()) {
      assertThat(Objects.requireNonNull(client.health().proxy()).error()).isNull();
    }
  }

  @Test
  void aServiceWithoutRoutesIsRefused() {
    assertThatThrownBy(() -> new ServiceHealth("APIMOM", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private WorkerClient.Builder domain() {
    return WorkerClient.builder()
        .healthTimeout(ENOUGH)
        .attemptTimeout(ENOUGH)
        .callTimeout(ENOUGH)
        .service(
            "APIMOM", service -> service.healthPath("/health").customDomain(fleet.domain().url()));
  }

  private WorkerClient.Builder onProxy() {
    return WorkerClient.builder()
        .healthTimeout(ENOUGH)
        .bindingProxy(fleet.proxy().url())
        .service("APIMOM");
  }

  private static ServiceError error(HealthReport health, String service) {
    return Objects.requireNonNull(health.service(service).routes().get(0).error());
  }
}

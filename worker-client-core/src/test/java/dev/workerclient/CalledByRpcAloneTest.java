package dev.workerclient;

import static dev.workerclient.ProxyReports.proxy;
import static dev.workerclient.ProxyReports.report;
import static dev.workerclient.TestRoute.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.error.ServiceError;
import dev.workerclient.health.Check;
import dev.workerclient.health.DiagnosisStep;
import dev.workerclient.health.DiagnosisStep.Result;
import dev.workerclient.health.HealthStatus;
import dev.workerclient.health.RouteHealth;
import java.util.Objects;
import java.util.function.Consumer;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Health and diagnosis of an entrypoint that has methods and no fetch, as Cloudflare recommends.
 */
class CalledByRpcAloneTest {
  private static final String WITH_METHODS =
      """
      {"binding":"APIMOM","exists":true,"kind":"service","expected":"service",
       "className":"Fetcher","fetchCallable":true,"rpcCallable":true,
       "diagnosis":"ok, not probed: it has no healthPath","fix":""}""";

  @RegisterExtension final TestFleet fleet = new TestFleet();

  @BeforeEach
  void hasNoFetch() {
    reports(WITH_METHODS);
  }

  @Test
  void itIsUp() {
    try (WorkerClient client = client(service -> {})) {
      HealthReport health = client.health();

      assertThat(health.status()).isEqualTo(HealthStatus.UP);
      RouteHealth route = health.service("APIMOM").route("binding-proxy");
      assertThat(route.httpStatus()).isEmpty();
      assertThat(route.error()).isNull();
      assertThat(health.toTable()).contains("it has no fetch; its methods are called by RPC");
    }
  }

  @Test
  void itsDiagnosisPasses() {
    try (WorkerClient client = client(service -> {})) {
      DiagnosisReport report = client.service("APIMOM").diagnose();

      assertThat(report.passed()).isTrue();
      DiagnosisStep fetcher = report.route("binding-proxy").step(Check.FETCHER).orElseThrow();
      assertThat(fetcher.result()).isEqualTo(Result.SKIPPED);
      assertThat(fetcher.seen()).isEqualTo("service, which is called by RPC alone");
    }
  }

  @Test
  void withAHealthPathItFailsAndSaysWhatToRemove() {
    try (WorkerClient client = client(service -> service.healthPath("/v1/health"))) {
      HealthReport health = client.health();

      assertThat(health.status()).isEqualTo(HealthStatus.DOWN);
      ServiceError error =
          Objects.requireNonNull(health.service("APIMOM").route("binding-proxy").error());
      assertThat(error.diagnosis().fix())
          .startsWith("remove healthPath(…) from the service if its methods are called by RPC");
      assertThat(client.service("APIMOM").diagnose().passed()).isFalse();
    }
  }

  @Test
  void withoutListedMethodsItFails() {
    reports(WITH_METHODS.replace("\"rpcCallable\":true", "\"rpcCallable\":false"));
    try (WorkerClient client = client(service -> {})) {
      assertThat(client.health().status()).isEqualTo(HealthStatus.DOWN);
      assertThat(client.service("APIMOM").diagnose().passed()).isFalse();
    }
  }

  private void reports(String binding) {
    MockResponse noFetch = problem(500, "dispatch-threw", "NO_FETCH_HANDLER");
    fleet.proxy().answers(proxy(report(binding), noFetch));
  }

  private WorkerClient client(Consumer<ServiceBuilder> settings) {
    return WorkerClient.builder()
        .bindingProxy(fleet.proxy().url())
        .service("APIMOM", settings)
        .build();
  }
}

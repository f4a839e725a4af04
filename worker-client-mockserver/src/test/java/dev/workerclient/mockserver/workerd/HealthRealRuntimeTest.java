package dev.workerclient.mockserver.workerd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.DiagnosisReport;
import dev.workerclient.HealthReport;
import dev.workerclient.WorkerClient;
import dev.workerclient.health.Check;
import dev.workerclient.health.HealthStatus;
import dev.workerclient.health.RouteDiagnosis;
import dev.workerclient.health.RouteHealth;
import dev.workerclient.mockserver.Fault;
import dev.workerclient.mockserver.MockWorkers;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Health and diagnosis of one Worker of each failing kind, on both versions of workerd. */
@Tag("workerd")
@ParameterizedClass(name = "{0}")
@MethodSource("dev.workerclient.mockserver.workerd.Installed#all")
@Timeout(120)
class HealthRealRuntimeTest {
  private static final Duration LIMIT = Duration.ofSeconds(2);

  /** What is wrong with a service, what health calls it, and where a diagnosis stops. */
  private enum Kind {
    MISSING("/health", "BINDING_NOT_FOUND", Check.BINDING, "has no such binding"),
    WRONG_KIND("/health", "BINDING_NOT_CALLABLE", Check.FETCHER, "of type string"),
    KV_INSTEAD("/health", "BINDING_NOT_CALLABLE", Check.FETCHER, "of type KvNamespace"),
    NO_FETCH("/health", "BINDING_NOT_CALLABLE", Check.FETCHER, "no fetch"),
    NO_RESPONSE_SYNC("/health", "DISPATCH_MISMATCH", Check.RESPONSE, "no Response"),
    NO_RESPONSE_ASYNC("/health", "DISPATCH_MISMATCH", Check.RESPONSE, "no Response"),
    THROWS("/health", "WORKER_THREW", Check.RESPONSE, "threw"),
    HUNG("/never", "WORKER_THREW", Check.ANSWERS, "TARGET_HUNG"),
    HANGS("/health", "WORKER_TIMEOUT", Check.ANSWERS, "did not answer within"),
    NOT_AN_ENTRYPOINT("/health", "WORKER_THREW", Check.RESPONSE, "entrypoint"),
    UNHEALTHY("/status/503", "WORKER_RESPONSE", Check.HEALTHY, "HTTP 503"),
    UNLISTED("/health", "ACCESS_DENIED", Check.BINDING, "BINDING_NOT_ALLOWED");

    final String path;
    final String code;
    final Check check;
    final String says;

    Kind(String path, String code, Check check, String says) {
      this.path = path;
      this.code = code;
      this.check = check;
      this.says = says;
    }
  }

  private final Installed runtime;
  private final RealFleet fleet;

  HealthRealRuntimeTest(Installed runtime) {
    this.runtime = runtime;
    this.fleet = RealFleet.on(runtime);
  }

  @Test
  void eachKindOfFailureIsNamedWithinTheTimeOfTheSlowest() {
    try (MockWorkers edge = edge();
        WorkerClient client = client(edge)) {
      long start = System.nanoTime();
      HealthReport health = client.health();
      Duration took = Duration.ofNanos(System.nanoTime() - start);

      assertThat(took).isLessThan(LIMIT.multipliedBy(11).dividedBy(10));
      assertThat(health.status()).isEqualTo(HealthStatus.DOWN);
      assertThat(health.service("BEHAVES").status()).isEqualTo(HealthStatus.UP);
      for (Kind kind : Kind.values()) {
        assertFails(health, kind.name(), kind.code);
      }
      assertFails(health, "ACCESS_WALL", "ACCESS_DENIED");
      assertFails(health, "NO_WORKER_HERE", "ERROR_1042");
      assertThat(health.service("ROOMS").routes().get(0).up()).isTrue();
      assertThat(health.toTable().lines()).allMatch(line -> line.length() <= 100);
      System.out.printf(
          "health of %d services on %s: %d ms, slowest probe's limit %d ms%n",
          health.services().size(), runtime.name(), took.toMillis(), LIMIT.toMillis());
    }
  }

  private static void assertFails(HealthReport health, String service, String code) {
    RouteHealth route = health.service(service).routes().get(0);
    assertThat(route.error())
        .as(service)
        .isNotNull()
        .satisfies(
            error -> {
              assertThat(error.code()).isEqualTo(code);
              assertThat(error.diagnosis().cause()).isNotEmpty();
              assertThat(error.diagnosis().fix()).isNotEmpty();
            });
  }

  @Test
  void aDiagnosisStopsAtTheStepThatIsWrong() {
    try (MockWorkers edge = edge();
        WorkerClient client = client(edge)) {
      for (Kind kind : Kind.values()) {
        assertStops(client, kind.name(), kind.check, kind.says);
      }
      assertStops(client, "ACCESS_WALL", Check.ACCESS, "Access");
      assertStops(client, "NO_WORKER_HERE", Check.NOT_1042, "1042");
      assertThat(client.service("BEHAVES").diagnose().passed()).isTrue();
      assertThat(client.service("ROOMS").diagnose().passed()).isTrue();
    }
  }

  private static void assertStops(WorkerClient client, String service, Check check, String says) {
    DiagnosisReport report = client.service(service).diagnose();
    RouteDiagnosis route = report.routes().get(0);
    assertThat(route.failure())
        .as(service)
        .hasValueSatisfying(
            step -> {
              assertThat(step.check()).isEqualTo(check);
              assertThat(step.seen()).contains(says);
              assertThat(step.fix()).isNotEmpty();
            });
    assertThat(report.toText().lines()).allMatch(line -> line.length() <= 100);
  }

  @Test
  void aWrongTokenIsNamed() {
    try (WorkerClient client =
        fleet
            .builder("a-token-that-is-none-0123456789-0123456789")
            .service("BEHAVES", service -> service.healthPath("/status/200"))
            .build()) {
      assertFails(client.health(), "BEHAVES", "ACCESS_DENIED");
      assertStops(client, "BEHAVES", Check.PROXY, "UNAUTHORIZED");
    }
  }

  @Test
  void aDiagnosisCostsTheTargetOneGetByEachRoute() {
    try (WorkerClient client =
        fleet
            .builder(RealFleet.TOKEN)
            .service(
                "BEHAVES",
                service ->
                    service.healthPath("/status/200").customDomain(fleet.url("direct-behaves")))
            .build()) {
      int before = fleet.runs("behaves");
      assertThat(client.service("BEHAVES").diagnose().passed()).isTrue();
      assertThat(fleet.runs("behaves") - before).isEqualTo(2);
    }
  }

  /** Stands in for Cloudflare's edge, which workerd is without. */
  private static MockWorkers edge() {
    MockWorkers edge = MockWorkers.start();
    edge.service("ACCESS_WALL").customDomain().fails(Fault.accessRedirect());
    edge.service("NO_WORKER_HERE").customDomain().fails(Fault.error1042());
    return edge;
  }

  private WorkerClient client(MockWorkers edge) {
    WorkerClient.Builder builder =
        fleet
            .builder(RealFleet.TOKEN)
            .healthTimeout(LIMIT)
            .service("BEHAVES", service -> service.healthPath("/status/200"))
            .service("ROOMS");
    for (Kind kind : Kind.values()) {
      builder.service(kind.name(), service -> service.healthPath(kind.path));
    }
    for (String wall : new String[] {"ACCESS_WALL", "NO_WORKER_HERE"}) {
      builder.service(
          wall,
          service -> service.customDomain(edge.customDomainUrl(wall)).routes("custom-domain"));
    }
    return builder.build();
  }
}

package dev.workerclient.mockserver.workerd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.StreamingResponse;
import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerRequest;
import dev.workerclient.WorkerResponse;
import dev.workerclient.error.AccessDeniedException;
import dev.workerclient.error.BindingNotCallableException;
import dev.workerclient.error.Delivery;
import dev.workerclient.error.DispatchMismatchException;
import dev.workerclient.error.WorkerConnectionException;
import dev.workerclient.error.WorkerException;
import dev.workerclient.error.WorkerThrewException;
import dev.workerclient.error.WorkerTimeoutException;
import dev.workerclient.mockserver.Fault;
import dev.workerclient.mockserver.MockWorkers;
import dev.workerclient.mockserver.Style;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong is typed, and the targets' own counters say that no POST ran twice. */
@Tag("workerd")
@ParameterizedClass(name = "{0}")
@MethodSource("dev.workerclient.mockserver.workerd.Installed#all")
class FailuresRealRuntimeTest {
  private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

  private final RealFleet fleet;
  private final int domainRunsBefore;

  FailuresRealRuntimeTest(Installed runtime) {
    fleet = RealFleet.on(runtime);
    domainRunsBefore = fleet.runs("behaves");
  }

  @ParameterizedTest
  @EnumSource
  void aMissingBindingGoesOnToTheCustomDomainEvenForAPost(Style style) {
    try (WorkerClient client = fleet.clientWithDomain("MISSING")) {
      WorkerResponse response = style.execute(post(client, "MISSING"));
      assertThat(response.route()).isEqualTo("custom-domain");
      assertThat(response.attempts())
          .extracting(attempt -> attempt.route() + " " + attempt.delivery())
          .containsExactly("binding-proxy NOT_DELIVERED", "custom-domain DELIVERED");
    }
    assertThat(domainRuns()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "NO_RESPONSE_SYNC, BLOCKING",
    "NO_RESPONSE_SYNC, ASYNC",
    "NO_RESPONSE_ASYNC, BLOCKING",
    "NO_RESPONSE_ASYNC, ASYNC"
  })
  void aPostThatTheTargetRanAndAnsweredWronglyReachesItOnce(String service, Style style) {
    String target = target(service);
    int before = fleet.runs(target);
    try (WorkerClient client = fleet.clientWithDomain(service)) {
      WorkerException e = failure(style, post(client, service));
      assertThat(e).isExactlyInstanceOf(DispatchMismatchException.class);
      assertThat(e.delivery()).isEqualTo(Delivery.DELIVERED);
      assertThat(e.attempts()).hasSize(1);
    }
    assertThat(fleet.runs(target) - before).isEqualTo(1);
    assertThat(domainRuns()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"NO_RESPONSE_SYNC", "NO_RESPONSE_ASYNC"})
  void aGetThatTheTargetAnsweredWronglyGoesOnToTheCustomDomain(String service) {
    String target = target(service);
    int before = fleet.runs(target);
    try (WorkerClient client = fleet.clientWithDomain(service)) {
      WorkerResponse response = client.service(service).get("/status/200").execute();
      assertThat(response.route()).isEqualTo("custom-domain");
      assertThat(response.attempts().get(0).failure()).isEqualTo("DISPATCH_MISMATCH");
    }
    assertThat(fleet.runs(target) - before).isEqualTo(1);
    assertThat(domainRuns()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void aTargetThatThrowsRanOnceAndNothingElseDid(Style style) {
    int before = fleet.runs("throws");
    try (WorkerClient client = fleet.clientWithDomain("THROWS")) {
      WorkerException e = failure(style, post(client, "THROWS"));
      assertThat(e).isExactlyInstanceOf(WorkerThrewException.class);
      assertThat(e.delivery()).isEqualTo(Delivery.UNKNOWN);
    }
    assertThat(fleet.runs("throws") - before).isEqualTo(1);
    assertThat(domainRuns()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void aTargetThatHangsEndsWithTheAttempt(Style style) {
    int before = fleet.runs("hangs");
    try (WorkerClient client =
        fleet
            .builder(RealFleet.TOKEN)
            .attemptTimeout(Duration.ofMillis(700))
            .service("HANGS", fleet.behavingDomain())
            .build()) {
      WorkerException e = failure(style, post(client, "HANGS"));
      assertThat(e).isExactlyInstanceOf(WorkerTimeoutException.class);
      assertThat(((WorkerTimeoutException) e).phase())
          .isEqualTo(WorkerTimeoutException.Phase.ATTEMPT);
      assertThat(e.delivery()).isEqualTo(Delivery.UNKNOWN);
    }
    assertThat(fleet.runs("hangs") - before).isEqualTo(1);
    assertThat(domainRuns()).isZero();
  }

  @Test
  void aTargetThatTheRuntimeCancelsHasRun() {
    int before = fleet.runs("hangs");
    try (WorkerClient client = fleet.clientWithDomain("HANGS")) {
      WorkerException e = failure(Style.BLOCKING, client.service("HANGS").post("/never"));
      assertThat(e).isExactlyInstanceOf(WorkerThrewException.class);
      assertThat(e.delivery()).isEqualTo(Delivery.DELIVERED);
    }
    assertThat(fleet.runs("hangs") - before).isEqualTo(1);
    assertThat(domainRuns()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void aBodyThatDoesNotEndIsATimeoutAndItsTargetStops(Style style) throws IOException {
    String left = "left" + style;
    try (WorkerClient client = fleet.client("BEHAVES")) {
      WorkerException e = failure(style, endless(client, left).attemptTimeout(HALF_A_SECOND));
      assertThat(e).isExactlyInstanceOf(WorkerTimeoutException.class);
      assertThat(((WorkerTimeoutException) e).phase())
          .isEqualTo(WorkerTimeoutException.Phase.ATTEMPT);
      assertThat(e.delivery()).isEqualTo(Delivery.DELIVERED);

      int before = piecesWritten(left);
      try (StreamingResponse clock = endless(client, "clock" + style).executeStreaming()) {
        for (int piece = 0; piece < 50; piece++) {
          assertThat(clock.stream().readNBytes(6)).hasSize(6);
        }
      }
      assertThat(piecesWritten(left) - before).isLessThan(25);
    }
  }

  private static WorkerRequest endless(WorkerClient client, String name) {
    return client.service("BEHAVES").post("/endless").query("name", name);
  }

  private int piecesWritten(String name) {
    return Integer.parseInt(
        fleet.get(fleet.url("direct-behaves") + "/written?name=" + name).body());
  }

  /** With a length: workerd 2026-04-26 ends a chunked body that broke as if it were whole. */
  @Test
  void aStreamedBodyThatBreaksOffNeverEndsAsIfItWereWhole() {
    try (WorkerClient client = fleet.client("BEHAVES")) {
      WorkerRequest request = client.service("BEHAVES").get("/break-body").query("length", "100");
      // The newest workerd breaks the connection before it has sent the headers.
      assertThatThrownBy(() -> readToItsEnd(request))
          .extracting(e -> e instanceof IOException ? e.getCause() : e)
          .isInstanceOf(WorkerConnectionException.class);
    }
  }

  @Test
  void aTargetWithoutAFetchHandlerIsNotCallable() {
    try (WorkerClient client = fleet.client("NO_FETCH")) {
      WorkerException e = failure(Style.BLOCKING, post(client, "NO_FETCH"));
      assertThat(e).isExactlyInstanceOf(BindingNotCallableException.class);
    }
  }

  @Test
  void aWrongTokenIsRefusedAndTheCustomDomainTakesOver() {
    try (WorkerClient client =
        fleet
            .builder("wrong-token-0123456789-0123456789-abcdef")
            .service("BEHAVES", fleet.behavingDomain())
            .service("HANGS")
            .build()) {
      WorkerException e = failure(Style.BLOCKING, post(client, "HANGS"));
      assertThat(e).isExactlyInstanceOf(AccessDeniedException.class);
      assertThat(e.delivery()).isEqualTo(Delivery.NOT_DELIVERED);
      assertThat(post(client, "BEHAVES").execute().route()).isEqualTo("custom-domain");
    }
    assertThat(domainRuns()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UNLISTED", "constructor"})
  void anUnlistedBindingIsRefused(String service) {
    try (WorkerClient client = fleet.client(service)) {
      WorkerException e = failure(Style.BLOCKING, post(client, service));
      assertThat(e).isExactlyInstanceOf(AccessDeniedException.class);
      assertThat(e.delivery()).isEqualTo(Delivery.NOT_DELIVERED);
      assertThat(e).hasMessageContaining("BINDING_NOT_ALLOWED");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"MISSING", "NO_RESPONSE_SYNC", "THROWS", "WRONG_KIND", "UNLISTED"})
  void aFailureTellsNoSecret(String service) {
    try (MockWorkers edge = MockWorkers.start();
        WorkerClient client =
            fleet
                .builder(RealFleet.TOKEN)
                .service(
                    service,
                    own ->
                        own.customDomain(
                            edge.customDomainUrl(service),
                            domain -> domain.bearerToken("domain-secret-4711")))
                .build()) {
      edge.service(service).optional().customDomain().fails(Fault.error1042());
      WorkerException e = failure(Style.BLOCKING, client.service(service).get("/x"));
      StringWriter told = new StringWriter();
      e.printStackTrace(new PrintWriter(told));
      told.append(e.serviceError().toString()).append(e.attempts().toString());
      told.append(client.toString()).append(client.service(service).toString());
      assertThat(told.toString())
          .contains(service)
          .doesNotContain(RealFleet.TOKEN)
          .doesNotContain("domain-secret-4711");
    }
  }

  private static void readToItsEnd(WorkerRequest request) throws IOException {
    try (StreamingResponse response = request.executeStreaming()) {
      response.stream().transferTo(OutputStream.nullOutputStream());
    }
  }

  private int domainRuns() {
    return fleet.runs("behaves") - domainRunsBefore;
  }

  private static String target(String service) {
    return service.equals("NO_RESPONSE_SYNC") ? "no-response-sync" : "no-response-async";
  }

  private static WorkerRequest post(WorkerClient client, String service) {
    return client.service(service).post("/v1/orders").body("{}", "application/json");
  }

  private static WorkerException failure(Style style, WorkerRequest request) {
    return catchThrowableOfType(WorkerException.class, () -> style.execute(request));
  }
}

package dev.workerclient;

import static dev.workerclient.TestRoute.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.error.Delivery;
import dev.workerclient.error.Error1042Exception;
import dev.workerclient.error.WorkerException;
import dev.workerclient.error.WorkerLimitException;
import dev.workerclient.error.WorkerThrewException;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code cf-error-type} and {@code cf-error-origin}, under the rules of every other form. */
@Timeout(30)
class DiagnosticHeadersTest {
  @RegisterExtension final TestFleet fleet = new TestFleet();
  private final TestTiming timing = new TestTiming();

  private WorkerService domain() {
    return service(
        WorkerClient.builder().service("APIMOM", own -> own.customDomain(fleet.domain().url())));
  }

  private WorkerService stamped() {
    return service(
        WorkerClient.builder()
            .service(
                "APIMOM",
                own -> own.customDomain(fleet.domain().url(), it -> it.stampedBy("X-Ran"))));
  }

  private WorkerService proxy() {
    return service(WorkerClient.builder().bindingProxy(fleet.proxy().url()).service("APIMOM"));
  }

  private WorkerService service(WorkerClient.Builder builder) {
    return fleet.service(timing.in(builder).retry(RetryOptions.disabled()));
  }

  private static MockResponse with(MockResponse response, String name, String value) {
    return response.newBuilder().addHeader(name, value).build();
  }

  @Test
  void anAnswerToHeadIsNamedByItsHeaderAlone() {
    fleet
        .domain()
        .answers(
            new MockResponse.Builder()
                .code(503)
                .addHeader("Server", "cloudflare")
                .addHeader("cf-error-type", "1102")
                .build());

    WorkerLimitException failure =
        catchThrowableOfType(WorkerLimitException.class, () -> domain().head("/").execute());

    assertThat(failure.cloudflareCode()).hasValue(1102);
  }

  @Test
  void anErrorPageOfTheZonesOwnIsNamedByItsHeader() {
    fleet.domain().answers(with(plain(500, "{\"message\":\"x\"}"), "cf-error-type", "1101"));

    WorkerThrewException failure =
        catchThrowableOfType(WorkerThrewException.class, () -> domain().post("/").execute());

    assertThat(failure.cloudflareCode()).hasValue(1101);
    assertThat(failure.delivery()).isEqualTo(Delivery.DELIVERED);
    assertThat(fleet.domain().requests()).hasSize(1);
  }

  @Test
  void theOriginIsSaidAndCleaned() {
    MockResponse page = with(plain(500, "{}"), "cf-error-type", "1101");
    fleet.domain().answers(with(page, "cf-error-origin", "worker" + "x".repeat(400)));

    WorkerThrewException failure =
        catchThrowableOfType(WorkerThrewException.class, () -> domain().get("/").execute());

    assertThat(failure.serviceError().message())
        .startsWith("Cloudflare error 1101 from workerx")
        .hasSizeLessThan(400);
  }

  @Test
  void theCodeOfABodyWins() {
    MockResponse text =
        new MockResponse.Builder()
            .code(404)
            .addHeader("Content-Type", "text/plain")
            .addHeader("cf-error-type", "1101")
            .body("error code: 1042")
            .build();
    fleet.domain().answers(text);

    assertThat(catchThrowableOfType(Error1042Exception.class, () -> domain().get("/").execute()))
        .isNotNull();
  }

  @Test
  void aProvenAnswerStaysOne() {
    MockResponse marked = with(plain(500, "{}"), "cf-error-type", "1101");
    fleet.domain().answers(with(marked, "X-Ran", "1"));
    fleet.proxy().answers(with(marked, "Binding-Proxy-Outcome", "target-answered"));

    assertThat(stamped().get("/").execute().status()).isEqualTo(500);
    assertThat(proxy().get("/").execute().status()).isEqualTo(500);
  }

  @Test
  void aMissingMarkProvesWhatItProvesInEveryForm() {
    MockResponse page = with(plain(404, "{}"), "cf-error-type", "1042");
    fleet.domain().answers(page);
    fleet.proxy().answers(page);

    assertThat(failure(domain()).delivery()).isEqualTo(Delivery.UNKNOWN);
    assertThat(failure(stamped()).delivery()).isEqualTo(Delivery.NOT_DELIVERED);
    assertThat(failure(proxy()).delivery()).isEqualTo(Delivery.NOT_DELIVERED);
  }

  private static WorkerException failure(WorkerService service) {
    return catchThrowableOfType(WorkerException.class, () -> service.post("/").execute());
  }
}

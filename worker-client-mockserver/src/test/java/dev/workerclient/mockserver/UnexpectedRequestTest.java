package dev.workerclient.mockserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerResponse;
import dev.workerclient.error.WorkerThrewException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UnexpectedRequestTest {
  private final MockWorkers workers = MockWorkers.start();

  @AfterEach
  void close() {
    workers.reset();
    workers.close();
  }

  @Test
  void onTheBindingFailsWithATextThatSaysWhatToScriptAndGoesNoFurther() {
    workers.service("APIMOM").binding();
    workers.service("APIMOM").customDomain().answers(MockAnswer.text("never asked"));
    WorkerClient client = workers.client();

    assertThatExceptionOfType(WorkerThrewException.class)
        .isThrownBy(() -> client.service("APIMOM").get("/v1/x").query("a", "b").execute())
        .withMessageContaining(
            "MockWorkers did not expect GET /v1/x?a=b on binding-proxy of APIMOM")
        .withMessageContaining("service(\"APIMOM\").binding().answers(…)");

    assertThat(workers.service("APIMOM").customDomain().requests()).isEmpty();
    assertThat(workers.service("APIMOM").executions()).isZero();
  }

  @Test
  void onTheCustomDomainAnswersWithThatText() {
    workers.service("APIMOM").customDomain();
    WorkerResponse response = workers.client().service("APIMOM").get("/v1/x").execute();
    assertThat(response.status()).isEqualTo(500);
    assertThat(response.string())
        .contains("did not expect GET /v1/x on custom-domain of APIMOM")
        .contains("service(\"APIMOM\").customDomain().answers(…); nothing is scripted");
  }

  @Test
  void makesCloseThrowWithTheRequestsAndTheScripts() {
    workers.service("AUDIT").binding().answers(MockAnswer.status(204));
    workers.service("APIMOM").customDomain();
    workers.client().service("APIMOM").delete("/v1/x").execute();

    assertThatThrownBy(workers::close)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("1 unexpected request(s)")
        .hasMessageContaining("service(\"AUDIT\").binding(): MockAnswer{HTTP 204, 0 bytes}")
        .hasMessageContaining("DELETE /v1/x on custom-domain of APIMOM");
  }

  @Test
  void isListedUntilTheReset() {
    workers.service("APIMOM").customDomain();
    WorkerClient client = workers.client();
    client.service("APIMOM").get("/v1/x").execute();
    assertThat(workers.unexpectedRequests())
        .singleElement()
        .satisfies(request -> assertThat(request.path()).isEqualTo("/v1/x"));
    workers.reset();
    assertThat(workers.unexpectedRequests()).isEmpty();
  }

  @Test
  void ofAServiceThatTheTestNeverNamedIsOneToo() {
    workers.service("APIMOM").binding().answers(MockAnswer.status(200));
    try (WorkerClient client =
        workers.builder().service("OTHER", other -> other.routes("binding-proxy")).build()) {
      assertThatExceptionOfType(WorkerThrewException.class)
          .isThrownBy(() -> client.service("OTHER").get("/").execute())
          .withMessageContaining("service(\"OTHER\")");
    }
    assertThat(workers.unexpectedRequests()).hasSize(1);
  }
}

package dev.workerclient;

import static dev.workerclient.TestRoute.answered;
import static dev.workerclient.TestRoute.bindingMissing;
import static dev.workerclient.TestRoute.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.error.WorkerResponseException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls that return nothing: done with a 2xx, or thrown. */
class SendTest {
  @RegisterExtension final TestFleet fleet = new TestFleet();

  @ParameterizedTest
  @CsvSource({"200, <html>", "201, ''", "204, ''", "299, '{'"})
  void any2xxIsDoneWhateverItsBody(int status, String body) throws Exception {
    fleet.proxy().answers(answered(status, body));
    WorkerService service = fleet.service();

    service.post("/v1/orders").body("x", "text/plain").send();

    assertThat(service.post("/v1/orders").sendAsync().get(10, TimeUnit.SECONDS)).isNull();
    assertThat(fleet.proxy().requests())
        .extracting(request -> request.getMethod() + " " + request.getTarget())
        .containsExactly("POST /v1/orders", "POST /v1/orders");
    assertThat(fleet.domain().requests()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"304", "302", "404", "500"})
  void anyOtherStatusIsThrownAndNotSentAgain(int status) {
    fleet.proxy().answers(answered(status, status == 304 ? "" : "why"));
    WorkerService service = fleet.service();

    WorkerResponseException failure =
        catchThrowableOfType(WorkerResponseException.class, () -> service.delete("/").send());

    assertThat(failure.status()).isEqualTo(status);
    assertThat(failure.string()).isEqualTo(status == 304 ? "" : "why");
    assertThatThrownBy(() -> service.delete("/").sendAsync().get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(WorkerResponseException.class);
    assertThat(fleet.proxy().requests()).hasSize(2);
    assertThat(fleet.domain().requests()).isEmpty();
  }

  @Test
  void aBodyOfAnyLengthIsDroppedAndTheConnectionKept() {
    String long17MiB = "x".repeat(17 << 20);
    fleet.proxy().answers(answered(200, long17MiB));
    fleet.proxy().answers(answered(200, "short"));
    WorkerService service = fleet.service();

    service.post("/").send();

    assertThat(service.get("/").fetch(Void.class)).isNull();
    assertThat(fleet.proxy().requests())
        .extracting(request -> request.getConnectionIndex())
        .containsExactly(0, 0);
  }

  @Test
  void itGoesOnToTheNextRouteAsEveryCall() {
    fleet.proxy().answers(bindingMissing());
    fleet.domain().answers(plain(204, ""));

    fleet.service().post("/").send();

    assertThat(fleet.domain().requests()).hasSize(1);
  }
}

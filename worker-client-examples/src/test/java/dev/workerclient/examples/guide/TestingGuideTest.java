package dev.workerclient.examples.guide;

import static dev.workerclient.mockserver.MockAnswer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerResponse;
import dev.workerclient.WorkerService;
import dev.workerclient.error.DispatchMismatchException;
import dev.workerclient.mockserver.Fault;
import dev.workerclient.mockserver.MockWorkersExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The tests on MockWorkers of docs/testing.md. */
class TestingGuideTest {
  @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

  @Test
  void fallsBackWhenTheBindingIsGone() {
    workers.service("APIMOM").binding().fails(Fault.bindingMissing());
    workers.service("APIMOM").customDomain().answers(json("{\"ok\":true}"));
    WorkerClient client = workers.client();

    WorkerResponse response = client.service("APIMOM").get("/v1/health").execute();

    assertThat(response.route()).isEqualTo("custom-domain");
    assertThat(workers.service("APIMOM").customDomain().requests()).hasSize(1);
  }

  @Test
  void anOrderIsNotPlacedTwice() {
    workers.service("ORDERS").binding().fails(Fault.dispatchMismatch());
    workers.service("ORDERS").customDomain().answers(json("{}"));
    WorkerService orders = workers.client().service("ORDERS");

    assertThatExceptionOfType(DispatchMismatchException.class)
        .isThrownBy(() -> orders.post("/v1/orders").execute());

    assertThat(workers.service("ORDERS").executions()).isEqualTo(1);
  }
}

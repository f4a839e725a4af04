package dev.workerclient.examples.guide;

import static dev.workerclient.mockserver.MockAnswer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.WorkerClient;
import dev.workerclient.mockserver.Fault;
import dev.workerclient.mockserver.MockWorkersExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The listener of docs/observability.md. */
class CallCountsTest {
  @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

  @Test
  void countsACallOnceAndEachOfItsAttemptsByRoute() {
    workers.service("ORDERS").binding().fails(Fault.bindingMissing());
    workers.service("ORDERS").customDomain().answers(json("{}"));
    CallCounts counts = new CallCounts();

    try (WorkerClient client = workers.builder().listener(counts).build()) {
      client.service("ORDERS").get("/v1/orders/{id}", "7").execute();
    }

    String operation = "GET /v1/orders/{id}";
    assertThat(counts.count("calls", "ORDERS", operation, "ANSWERED")).isEqualTo(1);
    assertThat(counts.count("attempts", "ORDERS", operation, "binding-proxy", "BINDING_NOT_FOUND"))
        .isEqualTo(1);
    assertThat(counts.count("attempts", "ORDERS", operation, "custom-domain", "ANSWERED"))
        .isEqualTo(1);
  }
}

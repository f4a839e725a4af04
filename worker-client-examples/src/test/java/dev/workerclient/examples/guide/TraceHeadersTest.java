package dev.workerclient.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.WorkerClient;
import dev.workerclient.mockserver.Fault;
import dev.workerclient.mockserver.MockAnswer;
import dev.workerclient.mockserver.MockWorkersExtension;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TraceHeadersTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

  @Test
  void eachAttemptIsASpanOfTheCallersTrace() {
    workers.service("ORDERS").binding().fails(Fault.bindingMissing());
    workers.service("ORDERS").customDomain().answers(MockAnswer.json("{}"));

    try (WorkerClient client = workers.builder().listener(new TraceHeaders(() -> TRACE)).build()) {
      client.service("ORDERS").get("/").executeAsync().join();
    }

    List<String> parents =
        Stream.of(
                workers.service("ORDERS").binding().requests(),
                workers.service("ORDERS").customDomain().requests())
            .flatMap(List::stream)
            .map(request -> String.valueOf(request.header("traceparent")))
            .toList();
    assertThat(parents)
        .hasSize(2)
        .doesNotHaveDuplicates()
        .allMatch(parent -> parent.matches("00-" + TRACE + "-[0-9a-f]{16}-01"));
  }
}

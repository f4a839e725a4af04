package dev.workerclient.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.WorkerClient;
import dev.workerclient.mockserver.Fault;
import dev.workerclient.mockserver.MockAnswer;
import dev.workerclient.mockserver.MockService;
import dev.workerclient.mockserver.MockWorkers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One file with two environments, each with its own Workers and tokens. */
class EnvironmentsTest {
  private static final String FILE =
      """
      worker-client:
        call-timeout: 5s
        binding-proxy.bearer-token: ${PROXY_TOKEN}
        services:
          ORDERS: {health-path: /health, custom-domain.bearer-token: "${ORDERS_TOKEN}"}
      ---
      spring.config.activate.on-profile: staging
      worker-client:
        binding-proxy.url: ${STAGING}
        services.ORDERS.custom-domain.url: ${STAGING}/custom-domains/ORDERS
      ---
      spring.config.activate.on-profile: [production, canary]
      worker-client:
        binding-proxy.url: ${PRODUCTION}
        services.ORDERS.custom-domain.url: ${PRODUCTION}/custom-domains/ORDERS
      """;

  @TempDir Path folder;

  @Test
  void eachEnvironmentCallsItsOwnWorkersWithItsOwnTokens() throws IOException {
    try (MockWorkers staging = MockWorkers.start();
        MockWorkers production = MockWorkers.start()) {
      call("staging", staging, staging, production);
      call("production", production, staging, production);
      call("canary", production, staging, production);
    }
  }

  private void call(
      String environment, MockWorkers used, MockWorkers staging, MockWorkers production)
      throws IOException {
    Map<String, String> variables =
        Map.of(
            "STAGING", staging.proxyUrl(),
            "PRODUCTION", production.proxyUrl(),
            "PROXY_TOKEN", used.proxyToken(),
            "ORDERS_TOKEN", environment + "-orders");
    MockService orders = used.service("ORDERS");
    orders.binding().fails(Fault.bindingMissing());
    orders.customDomain().answers(MockAnswer.text("order of " + environment));
    try (WorkerClient client =
        WorkerClientConfig.of(file(FILE))
            .environment(environment)
            .secrets(variables::get)
            .builder()
            .build()) {
      assertThat(client.service("ORDERS").get("/v1/orders").execute().string())
          .isEqualTo("order of " + environment);
    }
    assertThat(orders.binding().requests()).isNotEmpty();
    assertThat(orders.customDomain().requests())
        .last()
        .extracting(request -> request.header("Authorization"))
        .isEqualTo("Bearer " + environment + "-orders");
  }

  @Test
  void aTokenOfTheCallersLookupIsReadForEachAttempt() throws IOException {
    AtomicReference<String> token = new AtomicReference<>("first");
    try (MockWorkers workers = MockWorkers.start()) {
      workers.service("ORDERS").customDomain().answers(MockAnswer.text("ok"));
      Path file =
          file(
              """
              worker-client.services.ORDERS.custom-domain:
                url: %s
                bearer-token: ${ORDERS_TOKEN}
              """
                  .formatted(workers.customDomainUrl("ORDERS")));
      try (WorkerClient client =
          WorkerClientConfig.of(file).secrets(name -> token.get()).builder().build()) {
        client.service("ORDERS").get("/").send();
        token.set("second");
        client.service("ORDERS").get("/").send();
      }
      assertThat(workers.service("ORDERS").customDomain().requests())
          .extracting(request -> request.header("Authorization"))
          .containsExactly("Bearer first", "Bearer second");
    }
  }

  /** PATH is a variable that every machine has. */
  @Test
  void theShortFormReadsEnvironmentVariables() throws IOException {
    try (MockWorkers workers = MockWorkers.start()) {
      workers.service("ORDERS").customDomain().answers(MockAnswer.text("ok"));
      String service =
          """
          worker-client.services.ORDERS.custom-domain: {url: "%s", bearer-token: "${PATH}"}
          """
              .formatted(workers.customDomainUrl("ORDERS"));
      try (WorkerClient client = WorkerClient.fromConfig(file(service))) {
        client.service("ORDERS").get("/").send();
      }
      Path file = file("spring.config.activate.on-profile: staging\n" + service);
      try (WorkerClient client = WorkerClient.fromConfig(file, "staging")) {
        client.service("ORDERS").get("/").send();
      }
      assertThat(workers.service("ORDERS").customDomain().requests())
          .extracting(request -> request.header("Authorization"))
          .containsOnly("Bearer " + System.getenv("PATH"))
          .hasSize(2);
    }
  }

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("workers.yaml"), content);
  }
}

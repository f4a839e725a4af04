package dev.workerclient.mockserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.WorkerClient;
import dev.workerclient.error.BindingProxyException;
import dev.workerclient.health.Check;
import dev.workerclient.health.HealthStatus;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An application's own health check, tested on the mock. */
class MockHealthTest {
  private final MockWorkers workers = MockWorkers.start();

  @AfterEach
  void close() {
    workers.close();
  }

  @Test
  void aFallbackAloneThatWorksIsDegraded() {
    workers.service("APIMOM").clientSettings(own -> own.healthPath("/health"));
    workers.service("APIMOM").binding().fails(Fault.bindingMissing());
    workers.service("APIMOM").customDomain().answers(MockAnswer.json("{}"));
    WorkerClient client = workers.client();

    assertThat(client.health().status()).isEqualTo(HealthStatus.DEGRADED);
    assertThat(workers.service("APIMOM").customDomain().requests())
        .extracting(RecordedRequest::path)
        .containsExactly("/health");
    assertThat(client.service("APIMOM").diagnose().route("binding-proxy").failure())
        .hasValueSatisfying(step -> assertThat(step.check()).isEqualTo(Check.BINDING));
    workers.verify();
  }

  @Test
  void aNamespaceWhoseObjectsAreScriptedIsUpAndNotCalled() {
    workers.service("ROOMS").durableObject("room-1").answers(MockAnswer.json("{}"));
    WorkerClient client = workers.client();

    assertThat(client.health().status()).isEqualTo(HealthStatus.UP);
    assertThat(workers.service("ROOMS").executions()).isZero();

    client.service("ROOMS").durableObject("room-1").get("/").execute();
    workers.verify();
  }

  @Test
  void aNamespaceThatIsCalledWithoutAnObjectRefusesAsTheProxyDoes() {
    workers.service("ROOMS").durableObject("room-1").answers(MockAnswer.json("{}"));
    workers.service("ROOMS").optional();

    BindingProxyException refusal =
        Assertions.catchThrowableOfType(
            BindingProxyException.class,
            () -> workers.client().service("ROOMS").get("/").execute());

    assertThat(refusal.proxyCode()).isEqualTo("BAD_REQUEST");
    assertThat(refusal).hasMessageContaining("say which Durable Object is meant");
  }
}

package dev.workerclient.examples.guide;

import static dev.workerclient.mockserver.MockAnswer.json;
import static dev.workerclient.mockserver.MockAnswer.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.RouteKind;
import dev.workerclient.WorkerClient;
import dev.workerclient.health.BreakerState;
import dev.workerclient.mockserver.Fault;
import dev.workerclient.mockserver.MockWorkers;
import dev.workerclient.mockserver.MockWorkersExtension;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The clients and the check of docs/migrating.md. */
class MigratingGuideTest {
  @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

  @Test
  void eachStepHasTheRoutesThatThePageSays() {
    assertThat(routes(MigratingGuide.workersDev())).containsOnlyKeys("custom-domain");
    assertThat(routes(MigratingGuide.customDomain("token"))).containsOnlyKeys("custom-domain");
    assertThat(routes(MigratingGuide.proxyAsSecondRoute("proxy-token", "token")))
        .containsOnlyKeys("custom-domain", "binding-proxy");
    assertThat(routes(MigratingGuide.bindingAlone("proxy-token")))
        .containsOnlyKeys("binding-proxy");
  }

  @Test
  void theCheckPassesIfBothRoutesWork() {
    workers.service("ORDERS").binding().answers(json("{}"));
    workers.service("ORDERS").customDomain().answers(json("{}"));

    assertThat(MigratingGuide.worked(workers.client())).isTrue();
  }

  @Test
  void theCheckFailsIfTheSecondRouteAloneIsBroken() {
    workers.service("ORDERS").binding().fails(Fault.bindingMissing());
    workers.service("ORDERS").customDomain().answers(json("{}"));
    workers
        .service("ORDERS")
        .clientSettings(own -> own.routes(RouteKind.CUSTOM_DOMAIN, RouteKind.BINDING_PROXY));

    WorkerClient client = workers.client();

    assertThat(MigratingGuide.worked(client)).isFalse();
    assertThat(MigratingGuide.route(client.service("ORDERS"))).isEqualTo("custom-domain");
  }

  @Test
  void theCheckFailsOnAWorkersDevHostThatIsOff() {
    workers.service("ORDERS").customDomain().fails(Fault.error1042());

    assertThat(MigratingGuide.worked(workers.client())).isFalse();
  }

  @Test
  void theBindingComesFirstByDefault() {
    try (MockWorkers mock = MockWorkers.start()) {
      mock.service("ORDERS").binding().answers(text("by the binding"));
      mock.service("ORDERS").customDomain();

      assertThat(MigratingGuide.route(mock.client().service("ORDERS"))).isEqualTo("binding-proxy");
    }
  }

  private static Map<String, BreakerState> routes(WorkerClient client) {
    try (client) {
      return client.service("ORDERS").breakerStates();
    }
  }
}

package dev.workerclient.spring.boot.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerService;
import dev.workerclient.health.BreakerState;
import dev.workerclient.mockserver.Fault;
import dev.workerclient.mockserver.MockAnswer;
import dev.workerclient.mockserver.MockWorkers;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Configuration;

/** A production configuration, whose addresses lead to the mock. */
@SpringBootTest(
    webEnvironment = WebEnvironment.NONE,
    properties = {
      "worker-client.binding-proxy.url=https://workers-proxy.example.com",
      "worker-client.binding-proxy.bearer-token=a-production-token",
      "worker-client.services.orders-api.custom-domain.url=https://orders.example.com",
      "worker-client.services.orders-api.retry.first-backoff=1h",
      "worker-client.services.media.binding=mediaStore",
      "worker-client.services.media.custom-domain.url=https://media.example.com"
    })
@AutoConfigureMockWorkers
class AutoConfigureMockWorkersTest {
  @Autowired MockWorkers workers;
  @Autowired WorkerClient client;

  @Autowired
  @Qualifier("ORDERS_API")
  WorkerService orders;

  @Test
  void bothRoutesLeadToTheMock() {
    workers.service("ORDERS_API").binding().fails(Fault.bindingMissing());
    workers.service("ORDERS_API").customDomain().answers(MockAnswer.text("ok"));
    workers.service("mediaStore").binding().fails(Fault.bindingMissing());
    workers.service("mediaStore").customDomain().answers(MockAnswer.text("media"));
    assertThat(orders.get("/").execute().string()).isEqualTo("ok");
    assertThat(client.service("mediaStore").get("/").execute().string()).isEqualTo("media");
  }

  /** Twice, of which each begins with closed breakers, a full budget and no script. */
  @RepeatedTest(2)
  void eachTestBeginsAnew() {
    assertThat(orders.breakerStates()).containsEntry("binding-proxy", BreakerState.CLOSED);
    int full = orders.retryTokens();
    workers.service("ORDERS_API").binding().fails(Fault.resetBeforeAnswer());
    workers.service("ORDERS_API").customDomain().answers(MockAnswer.text("ok"));
    for (int call = 0; call < 30; call++) {
      orders.get("/").send();
    }
    assertThat(orders.breakerStates()).containsEntry("binding-proxy", BreakerState.OPEN);
    assertThat(full).isEqualTo(500);
    assertThat(orders.retryTokens()).isLessThan(full);
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class App {}
}

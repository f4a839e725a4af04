package dev.workerclient.examples.guide;

import static dev.workerclient.examples.guide.PatternsGuide.addToCart;
import static dev.workerclient.examples.guide.PatternsGuide.gateway;
import static dev.workerclient.examples.guide.PatternsGuide.hybrid;
import static dev.workerclient.examples.guide.PatternsGuide.pack;
import static dev.workerclient.examples.guide.PatternsGuide.throughTheFacade;
import static dev.workerclient.examples.guide.PatternsGuide.throughTheGateway;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerResponse;
import dev.workerclient.error.WorkerResponseException;
import dev.workerclient.examples.InstalledWorkerd;
import dev.workerclient.workerd.BindingProxyDefinition;
import dev.workerclient.workerd.WorkerdServer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The patterns of docs/architecture-patterns.md on real workerd. */
@Tag("workerd")
class PatternsGuideRealRuntimeTest {
  private static final Path DIST = Path.of("src/test/resources/patterns");
  private static final String TOKEN = "token-of-a-test-0123456789-0123456789";

  private static WorkerdServer workerd;
  private static WorkerClient client;

  @BeforeAll
  static void start() {
    workerd =
        WorkerdServer.builder()
            .worker("orders", orders -> orders.script(DIST.resolve("orders.js")))
            .worker("catalog", catalog -> catalog.script(DIST.resolve("catalog.js")))
            .worker(
                "gateway",
                gateway ->
                    gateway
                        .script(DIST.resolve("gateway.js"))
                        .textBinding("TOKEN", TOKEN)
                        .service("ORDERS", "orders")
                        .service("CATALOG", "catalog"))
            .worker(
                "shop",
                shop ->
                    shop.script(DIST.resolve("shop.js"))
                        .service("ORDERS", "orders")
                        .service("CATALOG", "catalog"))
            .worker(
                "carts",
                carts -> carts.script(DIST.resolve("carts.js")).durableObject("CARTS", "Cart"))
            .worker("packer", packer -> packer.script(DIST.resolve("packer.js")))
            .bindingProxy(TOKEN, PatternsGuideRealRuntimeTest::bindings)
            .socket("gateway", "gateway")
            .binary(InstalledWorkerd.path())
            .start();
    client =
        WorkerClient.builder()
            .bindingProxy(workerd.url("binding-proxy"), proxy -> proxy.bearerToken(TOKEN))
            .service("SHOP")
            .service("CARTS")
            .service("PACKING_JOBS")
            .build();
  }

  private static void bindings(BindingProxyDefinition proxy) {
    proxy
        .service("ORDERS", "orders")
        .service("SHOP", "shop")
        .methods("SHOP", "summary")
        .durableObject("CARTS", "Cart", "carts")
        .methods("CARTS", "add")
        .queue("PACKING_JOBS", "packing-jobs", "packer")
        .methods("PACKING_JOBS", "send");
  }

  @AfterAll
  static void stop() {
    client.close();
    workerd.close();
  }

  @Test
  void theGatewayLeadsToEachWorker() {
    try (WorkerClient client = gateway(workerd.url("gateway"), TOKEN)) {
      assertThat(throughTheGateway(client)).isEqualTo(new PatternsGuide.Order("o-1", "apple"));
      assertThat(client.service("CATALOG").get("/catalog/apple").execute().string())
          .contains("2.50");
    }
  }

  @Test
  void theGatewayRefusesAnotherTokenByAnAnswerOfItsOwn() {
    try (WorkerClient client = gateway(workerd.url("gateway"), "another")) {
      assertThatExceptionOfType(WorkerResponseException.class)
          .isThrownBy(() -> throughTheGateway(client))
          .satisfies(failure -> assertThat(failure.status()).isEqualTo(401));
    }
  }

  @Test
  void theFacadeAnswersWithWhatTwoWorkersKnow() {
    assertThat(throughTheFacade(client))
        .isEqualTo(new PatternsGuide.Summary("o-1", "apple", "2.50"));
  }

  @Test
  void aHybridIsReachedByItsBindingAndByItsDomain() {
    try (WorkerClient client = hybrid(workerd.url("binding-proxy"), TOKEN, workerd.url());
        WorkerClient without = hybrid("http://127.0.0.1:1", TOKEN, workerd.url())) {
      assertThat(order(client).route()).isEqualTo("binding-proxy");
      assertThat(order(without).route()).isEqualTo("custom-domain");
      assertThat(order(without).string()).isEqualTo(order(client).string());
    }
  }

  private static WorkerResponse order(WorkerClient client) {
    return client.service("ORDERS").get("/orders/{id}", "o-1").execute();
  }

  @Test
  void eachCustomerHasACartOfItsOwn() {
    assertThat(addToCart(client, "ada")).containsExactly("apple");
    assertThat(addToCart(client, "ada")).containsExactly("apple", "apple");
    assertThat(addToCart(client, "grace")).containsExactly("apple");
  }

  @Test
  void aJobIsDoneAfterTheCallHasReturnedAndOnceHoweverOftenItIsSent() {
    pack(client, "o-1");
    pack(client, "o-1");
    pack(client, "o-2");

    workerd.awaitLog("packed o-1", Duration.ofSeconds(20));
    workerd.awaitLog("packed o-2", Duration.ofSeconds(20));
    assertThat(workerd.log()).containsOnlyOnce("packed o-1");
  }
}

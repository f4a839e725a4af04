package dev.workerclient.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerResponse;
import dev.workerclient.examples.InstalledWorkerd;
import dev.workerclient.examples.InstalledWrangler;
import dev.workerclient.workerd.WorkerdServer;
import dev.workerclient.workerd.WranglerDevServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tests on real workerd of docs/testing.md. */
@Tag("workerd")
class TestingGuideRealRuntimeTest {
  @Test
  void aScriptOfOnesOwnAnswers() {
    Path bundle = Path.of("src/test/resources/hello/greeter.js");
    WorkerdServer.Builder server =
        WorkerdServer.builder().script(bundle).textBinding("GREETING", "hello");

    server.binary(InstalledWorkerd.path());
    try (WorkerdServer workerd = server.start();
        WorkerClient client =
            WorkerClient.builder()
                .service("MINE", service -> service.customDomain(workerd.url()))
                .build()) {
      assertThat(client.service("MINE").get("/").execute().string()).isEqualTo("hello");
      workerd.awaitLog("greeted", Duration.ofSeconds(5));
    }
  }

  @Test
  void aConfigurationOfOnesOwnAnswers() {
    Path config = Path.of("src/test/resources/hello/config.capnp");
    WorkerdServer.Builder server =
        WorkerdServer.builder().config(config).awaitSockets("http"); // then url("http")

    server.binary(InstalledWorkerd.path());
    try (WorkerdServer workerd = server.start();
        WorkerClient client =
            WorkerClient.builder()
                .service("MINE", service -> service.customDomain(workerd.url("http")))
                .build()) {
      assertThat(client.service("MINE").get("/").execute().string()).isEqualTo("hello");
    }
  }

  @Test
  void severalWorkersAnswerThroughTheBindingProxy() {
    Path dist = Path.of("src/test/resources/shop");
    String token = "token-of-a-test-0123456789-0123456789";
    WorkerdServer.Builder server =
        WorkerdServer.builder()
            .worker(
                "orders",
                orders ->
                    orders
                        .script(dist.resolve("orders.js"))
                        .service("CATALOG", "catalog")
                        .durableObject("CARTS", "Cart")
                        .kvNamespace("SESSIONS", "sessions"))
            .worker("catalog", catalog -> catalog.script(dist.resolve("catalog.js")))
            .bindingProxy(token, proxy -> proxy.service("ORDERS", "orders"));

    server.binary(InstalledWorkerd.path());
    try (WorkerdServer workerd = server.start();
        WorkerClient client =
            WorkerClient.builder()
                .bindingProxy(workerd.url("binding-proxy"), proxy -> proxy.bearerToken(token))
                .service("ORDERS", service -> {})
                .build()) {
      WorkerResponse order = client.service("ORDERS").post("/ada").execute();
      assertThat(order.string()).isEqualTo("{\"items\":[\"apple\"],\"price\":\"2.50\"}");
    }
  }

  @Test
  void aWranglerConfigurationThatIsNotThereIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> {
              WorkerdServer.Builder server =
                  WorkerdServer.builder()
                      .fromWrangler(Path.of("shop/wrangler.jsonc"))
                      .fromWrangler(
                          Path.of("prices/wrangler.jsonc"), prices -> prices.env("staging"));
              server.start().close();
            })
        .withMessageContaining("shop/wrangler.jsonc, which is not a file");
  }

  @Test
  void aWorkerWithD1AnswersOnWranglerDev(@TempDir Path project) throws IOException {
    for (String file : new String[] {"notes.js", "wrangler.jsonc"}) {
      Files.copy(Path.of("src/test/resources/shop", file), project.resolve(file));
    }
    WranglerDevServer.Builder server =
        WranglerDevServer.builder().config(project.resolve("wrangler.jsonc"));

    InstalledWrangler.use(server);
    try (WranglerDevServer dev = server.start();
        WorkerClient client =
            WorkerClient.builder()
                .service("NOTES", service -> service.customDomain(dev.url()))
                .build()) {
      WorkerResponse notes =
          client.service("NOTES").post("/").body("buy pears", "text/plain").execute();
      assertThat(notes.string()).isEqualTo("[\"buy pears\"]");
      dev.awaitLog("noted", Duration.ofSeconds(5));
    }
  }
}

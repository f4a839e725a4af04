package dev.workerclient.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.WorkerClient;
import dev.workerclient.examples.InstalledWorkerd;
import dev.workerclient.workerd.WorkerdServer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

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
}

package dev.workerclient.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.WorkerClient;
import dev.workerclient.mockserver.WorkerdServer;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The test on real workerd of docs/testing.md. */
@Tag("workerd")
class TestingGuideRealRuntimeTest {
  private static final Path PROXY = Path.of("../binding-proxy");

  @Test
  void aWorkerOfOnesOwnAnswers() {
    Path config = Path.of("src/test/resources/hello/config.capnp");
    Path binary = WorkerdServer.findBinary(PROXY).orElse(null);
    boolean required = "true".equals(System.getenv("CI"));
    Assumptions.assumeTrue(binary != null || required, "no workerd; run npm ci in binding-proxy");
    WorkerdServer.Builder server =
        WorkerdServer.builder().config(config).awaitSockets("http"); // finds workerd by itself

    // This project's workerd is not above the working directory, so it is named.
    server.binary(Objects.requireNonNull(binary));
    try (WorkerdServer workerd = server.start();
        WorkerClient client =
            WorkerClient.builder()
                .service("MINE", service -> service.customDomain(workerd.url("http")))
                .build()) {
      assertThat(client.service("MINE").get("/").execute().string()).isEqualTo("hello");
    }
  }
}

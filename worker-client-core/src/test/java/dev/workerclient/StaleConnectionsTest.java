package dev.workerclient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.health.HealthStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that closes idle connections sooner than the client's pool does, all at once. */
@Timeout(60)
class StaleConnectionsTest {
  private static final int CONNECTIONS = 8;
  private static final Duration ENOUGH = Duration.ofSeconds(20);
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

  private final RawServer server = new RawServer();
  private final WorkerClient client =
      WorkerClient.builder()
          .healthTimeout(ENOUGH)
          .attemptTimeout(ENOUGH)
          .retry(RetryOptions.builder().maxAttempts(1).build())
          .service("APIMOM", service -> service.customDomain(server.url()))
          .build();

  @BeforeEach
  void fillThePoolAndCloseWhatIsInIt() {
    CyclicBarrier together = new CyclicBarrier(CONNECTIONS);
    server.replies(
        out -> {
          try {
            together.await();
          } catch (BrokenBarrierException e) {
            throw new IOException(e);
          }
          out.write(OK.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        });
    List<CompletableFuture<WorkerResponse>> calls = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      calls.add(client.service("APIMOM").get("/").executeAsync());
    }
    calls.forEach(CompletableFuture::join);
    server.replies(OK);
    server.closeConnections();
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void aSoundRouteIsUp() {
    assertThat(client.health().status()).isEqualTo(HealthStatus.UP);
  }

  @Test
  void aCallIsSentOnceMoreOnANewConnection() {
    WorkerResponse response =
        client.service("APIMOM").get("/").retry(RetryOptions.disabled()).execute();

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.attempts()).hasSizeBetween(1, 2);
  }
}

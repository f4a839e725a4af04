package dev.workerclient.mockserver.workerd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerResponse;
import dev.workerclient.WorkerService;
import dev.workerclient.workerd.WorkerdServer;
import java.io.IOException;
import java.net.Socket;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** workerd closes what was idle for a few seconds, and does not say so. */
@Tag("workerd")
@Timeout(60)
class IdleConnectionRealRuntimeTest {
  private static final int ENOUGH_MILLIS = 40_000;
  private static final String COUNTING =
      "let posts = 0; export default { fetch: () => new Response(String(++posts)) }";

  private final AtomicReference<Socket> last = new AtomicReference<>();

  /** Keeps the connection of each request. */
  private OkHttpClient watched() {
    return new OkHttpClient.Builder()
        .addNetworkInterceptor(
            chain -> {
              last.set(Objects.requireNonNull(chain.connection()).socket());
              return chain.proceed(chain.request());
            })
        .build();
  }

  @Test
  void aPostAfterThatIsAnsweredAtTheFirstAttempt() throws IOException {
    Installed runtime = Installed.all().findFirst().orElseThrow();
    runtime.require();
    try (WorkerdServer workerd =
            WorkerdServer.builder().scriptText(COUNTING).binary(runtime.binary()).start();
        WorkerClient client =
            WorkerClient.builder()
                .okHttpClient(watched())
                .service("ORDERS", service -> service.customDomain(workerd.url()))
                .build()) {
      WorkerService orders = client.service("ORDERS");
      orders.post("/orders").execute();
      Socket idle = Objects.requireNonNull(last.get());
      idle.setSoTimeout(ENOUGH_MILLIS);
      assertThat(idle.getInputStream().read()).isEqualTo(-1);

      WorkerResponse response = orders.post("/orders").execute();

      assertThat(response.attempts()).hasSize(1);
      assertThat(response.string()).isEqualTo("2");
    }
  }
}

package dev.workerclient;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that an HTTP/2 server refused unprocessed, since its connection was full. */
@Timeout(60)
class RefusedStreamsTest {
  private static final int POSTS = 40;

  @Test
  void eachIsSentAgainOnAConnectionOfItsOwn() {
    OkHttpClient http2 =
        new OkHttpClient.Builder().protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE)).build();
    try (RefusingHttp2 server = new RefusingHttp2(POSTS);
        WorkerClient client =
            WorkerClient.builder()
                .okHttpClient(http2)
                .callTimeout(Duration.ofSeconds(40))
                .attemptTimeout(Duration.ofSeconds(20))
                .retry(RetryOptions.disabled())
                .service("ORDERS", service -> service.customDomain(server.url()))
                .build()) {
      WorkerService orders = client.service("ORDERS");
      List<CompletableFuture<WorkerResponse>> calls =
          Stream.generate(() -> orders.post("/orders").executeAsync()).limit(POSTS).toList();

      assertThat(calls).allSatisfy(call -> assertThat(call.join().status()).isEqualTo(200));
      assertThat(server.carried()).isEqualTo(POSTS);
      assertThat(server.refused()).isPositive();
    }
  }
}

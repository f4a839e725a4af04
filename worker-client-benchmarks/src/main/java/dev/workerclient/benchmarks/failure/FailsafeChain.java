package dev.workerclient.benchmarks.failure;

import dev.failsafe.CircuitBreaker;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.Fallback;
import dev.workerclient.benchmarks.client.OkHttpClients;
import java.io.IOException;
import java.time.Duration;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** The first route, and where that fails, the second, by Failsafe's fallback and breakers. */
final class FailsafeChain implements TwoRoutes {
  private static final String PATH = "/v1/capabilities/small";

  private final OkHttpClient client;
  private final HttpUrl first;
  private final FailsafeExecutor<byte[]> executor;

  /** Makes the chain; the timeout is an attempt's. */
  FailsafeChain(String first, String second, Duration timeout, Duration openTime) {
    this.client = OkHttpClients.create().newBuilder().callTimeout(timeout).build();
    this.first = HttpUrl.get(first + PATH);
    HttpUrl other = HttpUrl.get(second + PATH);
    FailsafeExecutor<byte[]> guardedOther = Failsafe.with(breaker(openTime));
    this.executor =
        Failsafe.with(Fallback.of(() -> guardedOther.get(() -> send(other))), breaker(openTime));
  }

  private static CircuitBreaker<byte[]> breaker(Duration openTime) {
    return CircuitBreaker.<byte[]>builder()
        .withFailureThreshold(5, 10)
        .withDelay(openTime)
        .withSuccessThreshold(2)
        .build();
  }

  @Override
  public byte[] call() {
    return executor.get(() -> send(first));
  }

  private byte[] send(HttpUrl url) throws IOException {
    try (Response response = client.newCall(new Request.Builder().url(url).build()).execute()) {
      if (!response.isSuccessful()) {
        throw new IOException("HTTP " + response.code());
      }
      return response.body().bytes();
    }
  }

  @Override
  public void close() {
    OkHttpClients.close(client);
  }
}

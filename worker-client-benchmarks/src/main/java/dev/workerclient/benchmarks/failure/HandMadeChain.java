package dev.workerclient.benchmarks.failure;

import dev.workerclient.benchmarks.client.OkHttpClients;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.io.IOException;
import java.time.Duration;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** The first route, and where that throws, the second; with breakers set as ours are. */
final class HandMadeChain implements TwoRoutes {
  static final String PATH = "/v1/capabilities/small";

  private final OkHttpClient client;
  private final HttpUrl first;
  private final HttpUrl second;
  private final @Nullable CircuitBreaker firstBreaker;
  private final @Nullable CircuitBreaker secondBreaker;

  /**
   * Makes the chain.
   *
   * @param timeout of an attempt; null for OkHttp's own limits
   * @param openTime of the breakers; null for none
   */
  HandMadeChain(
      String first, String second, @Nullable Duration timeout, @Nullable Duration openTime) {
    OkHttpClient base = OkHttpClients.create();
    this.client = timeout == null ? base : base.newBuilder().callTimeout(timeout).build();
    this.first = HttpUrl.get(first + PATH);
    this.second = HttpUrl.get(second + PATH);
    this.firstBreaker = openTime == null ? null : breaker("first", openTime);
    this.secondBreaker = openTime == null ? null : breaker("second", openTime);
  }

  private static CircuitBreaker breaker(String name, Duration openTime) {
    return CircuitBreaker.of(
        name,
        CircuitBreakerConfig.custom()
            .slidingWindowSize(10)
            .minimumNumberOfCalls(5)
            .waitDurationInOpenState(openTime)
            .permittedNumberOfCallsInHalfOpenState(2)
            .build());
  }

  @Override
  public byte[] call() throws Exception {
    try {
      return guarded(firstBreaker, first);
    } catch (Exception e) {
      return guarded(secondBreaker, second);
    }
  }

  private byte[] guarded(@Nullable CircuitBreaker breaker, HttpUrl url) throws Exception {
    return breaker == null ? send(url) : breaker.executeCallable(() -> send(url));
  }

  private byte[] send(HttpUrl url) throws IOException {
    return send(client, url);
  }

  /** Sends a GET; throws if the answer is not a success. */
  static byte[] send(OkHttpClient client, HttpUrl url) throws IOException {
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

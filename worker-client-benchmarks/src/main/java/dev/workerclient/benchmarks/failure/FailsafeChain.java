package dev.workerclient.benchmarks.failure;

import dev.failsafe.CircuitBreaker;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.Fallback;
import dev.workerclient.benchmarks.client.OkHttpClients;
import java.time.Duration;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/** The first route, and where that fails, the second, by Failsafe's fallback and breakers. */
final class FailsafeChain implements TwoRoutes {
  private final OkHttpClient client;
  private final HttpUrl first;
  private final FailsafeExecutor<byte[]> executor;

  /** Makes the chain; the timeout is an attempt's. */
  FailsafeChain(String first, String second, Duration timeout, Duration openTime) {
    this.client = OkHttpClients.create().newBuilder().callTimeout(timeout).build();
    this.first = HttpUrl.get(first + HandMadeChain.PATH);
    HttpUrl other = HttpUrl.get(second + HandMadeChain.PATH);
    FailsafeExecutor<byte[]> guardedOther = Failsafe.with(breaker(openTime));
    this.executor =
        Failsafe.with(
            Fallback.of(() -> guardedOther.get(() -> HandMadeChain.send(client, other))),
            breaker(openTime));
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
    return executor.get(() -> HandMadeChain.send(client, first));
  }

  @Override
  public void close() {
    OkHttpClients.close(client);
  }
}

package dev.workerclient.benchmarks.peer;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.functions.CheckedSupplier;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.OkHttpClient;

/**
 * OkHttp with a timeout for the attempt, a breaker for each origin, and for a GET up to three
 * attempts that go round the origins. A POST is sent once, to the first whose breaker lets it.
 */
final class HandMadePeer implements PeerClient {
  private static final int ATTEMPTS = 3;
  private static final Duration BACKOFF = Duration.ofMillis(100);
  private static final CircuitBreakerConfig BREAKER =
      CircuitBreakerConfig.custom()
          .slidingWindowSize(10)
          .minimumNumberOfCalls(5)
          .failureRateThreshold(50)
          .waitDurationInOpenState(Duration.ofSeconds(30))
          .build();

  private record Origin(String url, CircuitBreaker breaker) {}

  private final OkHttpClient client;
  private final List<Origin> origins;
  private final Retry retry;

  HandMadePeer(Target target) {
    client = OkHttpPeer.client(target).newBuilder().callTimeout(target.attemptTime()).build();
    origins =
        target.origins().stream()
            .map(each -> new Origin(each + target.path(), CircuitBreaker.of(each, BREAKER)))
            .toList();
    int round = origins.size();
    retry =
        Retry.of(
            "peer",
            RetryConfig.custom()
                .maxAttempts(ATTEMPTS)
                .intervalFunction(attempt -> attempt % round == 0 ? BACKOFF.toMillis() : 1)
                .build());
  }

  @Override
  public void call(String method) throws Exception {
    if (!method.equals("GET")) {
      sendOnce(method);
      return;
    }
    AtomicInteger attempt = new AtomicInteger();
    CheckedSupplier<Boolean> next =
        () -> send(origins.get(attempt.getAndIncrement() % origins.size()), method);
    try {
      Retry.decorateCheckedSupplier(retry, next).get();
    } catch (Exception | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private void sendOnce(String method) throws Exception {
    for (Origin each : origins.subList(0, origins.size() - 1)) {
      try {
        send(each, method);
        return;
      } catch (CallNotPermittedException e) {
        // Nothing was sent.
      }
    }
    send(origins.get(origins.size() - 1), method);
  }

  private boolean send(Origin origin, String method) throws Exception {
    return origin
        .breaker()
        .executeCallable(
            () -> {
              OkHttpPeer.send(client, origin.url(), method);
              return true;
            });
  }

  @Override
  public void close() {
    OkHttpPeer.close(client);
  }
}

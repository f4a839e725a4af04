package dev.workerclient.benchmarks.client;

import dev.failsafe.CircuitBreaker;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import dev.failsafe.okhttp.FailsafeCall;
import dev.workerclient.benchmarks.Capability;
import java.io.IOException;
import java.time.Duration;
import okhttp3.Response;

/** Failsafe's own call of OkHttp, within a retry and a breaker. */
final class FailsafeOkHttp implements TestedClient {
  private final RawOkHttp raw;
  private final FailsafeExecutor<Response> executor =
      Failsafe.with(
          RetryPolicy.<Response>builder()
              .withMaxAttempts(3)
              .withDelay(Duration.ofMillis(100))
              .build(),
          CircuitBreaker.<Response>builder()
              .withFailureThreshold(5, 10)
              .withDelay(Duration.ofSeconds(30))
              .build());

  FailsafeOkHttp(String origin) {
    raw = new RawOkHttp(origin);
  }

  @Override
  public Capability get(String name) throws IOException {
    try (Response response = FailsafeCall.with(executor).compose(raw.newCall(name)).execute()) {
      return RawOkHttp.decode(response);
    }
  }

  @Override
  public void close() {
    raw.close();
  }
}

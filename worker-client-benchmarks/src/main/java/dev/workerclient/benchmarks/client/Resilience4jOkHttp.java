package dev.workerclient.benchmarks.client;

import dev.workerclient.benchmarks.Capability;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.core.functions.CheckedSupplier;
import io.github.resilience4j.retry.Retry;

/** Raw OkHttp within a breaker and a retry. */
final class Resilience4jOkHttp implements TestedClient {
  private final RawOkHttp raw;
  private final CircuitBreaker breaker = Breakers.breaker();
  private final Retry retry = Breakers.retry();

  Resilience4jOkHttp(String origin) {
    raw = new RawOkHttp(origin);
  }

  @Override
  public Capability get(String name) throws Exception {
    CheckedSupplier<Capability> guarded =
        CircuitBreaker.decorateCheckedSupplier(breaker, () -> raw.get(name));
    try {
      return Retry.decorateCheckedSupplier(retry, guarded).get();
    } catch (Exception | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    raw.close();
  }
}

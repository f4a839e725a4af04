package dev.workerclient.benchmarks.parts;

import dev.workerclient.internal.http.Watchdog;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.core.functions.CheckedSupplier;
import io.github.resilience4j.retry.Retry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a call uses of resilience4j, and its timer, by themselves. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PartBenchmark {
  private static final Duration LIMIT = Duration.ofSeconds(3);

  private final Watchdog watchdog = new Watchdog();
  private final CircuitBreaker breaker = CircuitBreaker.ofDefaults("part");
  private final Retry retry = Retry.ofDefaults("part");
  private final CheckedSupplier<String> nothing = () -> "answer";

  @Benchmark
  public boolean breaker() {
    boolean permitted = breaker.tryAcquirePermission();
    breaker.onSuccess(1, TimeUnit.MILLISECONDS);
    return permitted;
  }

  @Benchmark
  public Watchdog.Timer timer() {
    Watchdog.Timer timer = watchdog.start(LIMIT, PartBenchmark::doNothing);
    timer.stop();
    return timer;
  }

  @Benchmark
  public String retryDecorator() throws Throwable {
    return Retry.decorateCheckedSupplier(retry, nothing).get();
  }

  private static void doNothing() {}
}

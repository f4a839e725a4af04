package dev.workerclient.benchmarks;

import dev.workerclient.internal.classify.Failure;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The cost of telling an answer from a failure, beside that of reading one header. The body is in
 * memory already; a read of it costs a copy.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ClassifierBenchmark {
  /** The response that JMH sets; a fork has one. */
  @State(Scope.Thread)
  public static class Response {
    @Param Sample sample = Sample.PLAIN_BINDING_PROXY;
  }

  /** What no classification on the proxy's route can do without. */
  @State(Scope.Thread)
  public static class Baseline {
    Sample sample = Sample.PLAIN_BINDING_PROXY;
  }

  @Benchmark
  public @Nullable String baselineReadOutcomeHeader(Baseline response) {
    return response.sample.headers.get("Binding-Proxy-Outcome");
  }

  @Benchmark
  public @Nullable Failure classify(Response response) throws IOException {
    return response.sample.classify();
  }
}

package dev.workerclient.benchmarks.parts;

import static dev.workerclient.benchmarks.page.Numbers.whole;

import dev.workerclient.benchmarks.Form;
import dev.workerclient.benchmarks.page.Section;
import dev.workerclient.benchmarks.page.Table;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the benchmarks of this package. */
public final class Parts {
  private static final String HEAD =
      """
      ## In process, without a network

      An OkHttp interceptor responds at once with 100 bytes. Each line above the separate parts is a whole call, so the
      difference between two lines is the cost of a part. Nanoseconds apply to this machine only.

      """;
  private static final String CLASSIFICATION =
      """

      ### Classification

      Deciding whether a response in memory is a failure. For a plain response, only a header is read.

      """;
  private static final Map<String, String> TITLES = titles();

  private Parts() {}

  private static Map<String, String> titles() {
    Map<String, String> titles = new LinkedHashMap<>();
    titles.put("CallBenchmark.rawOkHttp", "raw OkHttp");
    titles.put("CallBenchmark.rawOkHttpTextUrl", "raw, its URL made of text");
    titles.put("CallBenchmark.rawOkHttpCallTimeout", "raw with OkHttp's callTimeout");
    titles.put("CallBenchmark.workerClient", "worker-client");
    titles.put("CallBenchmark.workerClientNoBreaker", "worker-client without breaker");
    titles.put("CallBenchmark.workerClientNoRetry", "worker-client without retry");
    titles.put("CallBenchmark.workerClientBare", "worker-client without both");
    titles.put("CallBenchmark.workerClientRequestBuiltOnce", "worker-client, request built once");
    titles.put("CallBenchmark.buildRequest", "building worker-client's request alone");
    titles.put("PartBenchmark.timer", "starting and stopping the timer alone");
    titles.put("PartBenchmark.breaker", "resilience4j's breaker alone");
    titles.put("PartBenchmark.retryDecorator", "resilience4j's retry decorator alone");
    return titles;
  }

  private record Cost(double nanos, double bytes) {}

  /** Measures, for half a minute to eight. */
  public static Section measure(Form form) throws RunnerException {
    Map<String, Cost> one = run(form, 1, "(CallBenchmark|PartBenchmark)");
    Map<String, Cost> eight =
        run(form, 8, "(CallBenchmark.(rawOkHttp|workerClient)|PartBenchmark.(breaker|timer))$");
    Cost raw = Objects.requireNonNull(one.get("CallBenchmark.rawOkHttp"));
    Table table = new Table("", "ns", "over raw", "bytes", "over raw", "ns, 8 threads");
    TITLES.forEach(
        (key, title) -> {
          Cost cost = Objects.requireNonNull(one.get(key));
          boolean call = !key.endsWith("buildRequest") && !key.startsWith("Part");
          Cost busy = eight.get(key);
          table.row(
              title,
              whole(cost.nanos()),
              call ? whole(cost.nanos() - raw.nanos()) : "",
              whole(cost.bytes()),
              call ? whole(cost.bytes() - raw.bytes()) : "",
              busy == null ? "" : whole(busy.nanos()));
        });
    return new Section(HEAD + table + (form == Form.FULL ? CLASSIFICATION + classification() : ""));
  }

  private static Table classification() throws RunnerException {
    Table table = new Table("response", "ns", "bytes");
    run(Form.FULL, 1, "ClassifierBenchmark.classify$")
        .forEach((sample, cost) -> table.row(sample, whole(cost.nanos()), whole(cost.bytes())));
    return table;
  }

  private static Map<String, Cost> run(Form form, int threads, String include)
      throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include("\\." + include)
                    .threads(threads)
                    .addProfiler(GCProfiler.class)
                    .forks(form.of(1, 3))
                    .warmupIterations(form.of(3, 5))
                    .warmupTime(TimeValue.milliseconds(form.of(300, 1000)))
                    .measurementIterations(form.of(3, 5))
                    .measurementTime(TimeValue.milliseconds(form.of(200, 1000)))
                    .jvmArgsAppend("-Xmx512m")
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();
    Map<String, Cost> costs = new LinkedHashMap<>();
    for (RunResult result : results) {
      String[] name = result.getParams().getBenchmark().split("\\.", -1);
      Result<?> bytes =
          Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm"));
      String sample = result.getParams().getParam("sample");
      costs.put(
          sample == null ? name[name.length - 2] + "." + name[name.length - 1] : sample,
          new Cost(result.getPrimaryResult().getScore(), bytes.getScore()));
    }
    return costs;
  }
}

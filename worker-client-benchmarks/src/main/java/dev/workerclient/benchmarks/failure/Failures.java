package dev.workerclient.benchmarks.failure;

import static dev.workerclient.benchmarks.page.Numbers.ratio;
import static dev.workerclient.benchmarks.page.Numbers.tenth;

import dev.workerclient.benchmarks.Form;
import dev.workerclient.benchmarks.loopback.Latencies;
import dev.workerclient.benchmarks.page.Bars;
import dev.workerclient.benchmarks.page.Section;
import dev.workerclient.benchmarks.page.Table;
import dev.workerclient.benchmarks.server.ServerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs the scenarios. */
public final class Failures {
  private static final String HEAD =
      """
      ## When the first route fails

      A service with two routes, each of which answers after 5 ms; eight threads make a call every 20 ms. After a healthy
      moment the first route fails. An attempt may take 500 ms, but for the naive client, which has OkHttp's
      10 s of silence. Breakers are alike: a window of 10 calls, 5 at least. Slow is what takes longer than 250 ms; wasted
      is a request that the failing route got and did not answer; "later" is the second half of the time, as a
      ratio to the same client's healthy moment.

      """;
  private static final double MOST_SHOWN = 100;
  private static final long SLOW = 250_000_000;

  private Failures() {}

  /** Measures, for one to six minutes. */
  public static Section measure(Form form) throws Exception {
    StringBuilder text = new StringBuilder(HEAD);
    Bars chart =
        Bars.ofNumbers(
            "Requests wasted on the first of two routes when it fails, of 100 calls",
            Stream.of(Rival.values()).map(Rival::title).toList());
    try (ServerProcess server = ServerProcess.start(2)) {
      for (FailureScenario scenario : FailureScenario.values()) {
        Table table =
            new Table(
                "",
                "calls",
                "p50 ms",
                "p99 ms",
                "max ms",
                "slow",
                "failed",
                "wasted requests",
                "connections",
                "p50 later",
                "p99 later");
        List<Double> wasted = new ArrayList<>();
        for (Rival rival : scenario.rivals()) {
          FailureScenario.Result result =
              scenario.run(
                  rival,
                  server,
                  Duration.ofMillis(form.of(500, 2_000)),
                  Duration.ofSeconds(form.of(2, 20)));
          row(table, rival, result);
          wasted.add(100.0 * result.first().wasted() / result.failing().all.count());
        }
        if (wasted.size() == Rival.values().length) {
          chart.panel(
              scenario.shortly(), MOST_SHOWN, wasted.stream().mapToDouble(each -> each).toArray());
        }
        text.append("### ").append(scenario.title()).append("\n\n").append(table).append('\n');
      }
    }
    text.append("![Wasted requests](benchmarks-failures.svg)\n");
    return new Section(text.toString(), Map.of("benchmarks-failures.svg", chart.svg()));
  }

  private static void row(Table table, Rival rival, FailureScenario.Result result) {
    Latencies all = result.failing().all;
    table.row(
        rival.title(),
        Integer.toString(all.count()),
        tenth(all.percentile(0.5)),
        tenth(all.percentile(0.99)),
        tenth(all.percentile(1)),
        Integer.toString(all.longerThan(SLOW)),
        Integer.toString(result.failing().failed),
        Integer.toString(result.first().wasted()),
        Integer.toString(result.connections()),
        later(result, 0.5),
        later(result, 0.99));
  }

  private static String later(FailureScenario.Result result, double part) {
    return ratio(result.failing().later.percentile(part) / result.healthy().all.percentile(part));
  }
}

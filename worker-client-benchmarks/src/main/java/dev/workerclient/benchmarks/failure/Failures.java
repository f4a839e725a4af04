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

/** Runs the scenarios. */
public final class Failures {
  private static final String HEAD =
      """
      ## When the first route fails

      A service has two routes, each of which responds after 5 ms; eight threads make a call every 20 ms. After a healthy
      period, the first route fails. An attempt may take 500 ms, except for the naive client, which has OkHttp's default timeouts
      of 10 s. All circuit breakers have a window of 10 calls, at least 5. *Slow* is a call that takes longer than five
      times the healthy p99 of all clients. *Wasted* is a request that the failing route received and did not answer. p50
      and p99, and *later* (in the second half of the time), are relative to that healthy period.

      """;
  private static final double MOST_SHOWN = 100;
  private static final int SLOWER = 5;

  private Failures() {}

  /** Measures, for one to six minutes. */
  public static Section measure(Form form) throws Exception {
    StringBuilder text = new StringBuilder(HEAD);
    Bars chart =
        Bars.ofNumbers(
            "Requests wasted on the first of two routes when it fails, of 100 calls",
            Rival.BY_FAILURES.stream().map(Rival::title).toList());
    try (ServerProcess server = ServerProcess.start(2)) {
      for (FailureScenario scenario : FailureScenario.values()) {
        Table table =
            new Table(
                "",
                "calls",
                "p50",
                "p99",
                "max ms",
                "slow",
                "failed",
                "wasted requests",
                "requests a call",
                "connections",
                "p50 later",
                "p99 later");
        List<Double> wasted = new ArrayList<>();
        List<FailureScenario.Result> results = new ArrayList<>();
        Latencies healthy =
            new Latencies(); // Of all of them, so that one is measured like another.
        for (Rival rival : scenario.rivals()) {
          FailureScenario.Result result =
              scenario.run(
                  rival,
                  server,
                  Duration.ofMillis(form.of(1_000, 2_000)),
                  Duration.ofSeconds(form.of(4, 20)));
          results.add(result);
          healthy.addAll(result.healthy().all);
        }
        for (int i = 0; i < results.size(); i++) {
          FailureScenario.Result result = results.get(i);
          row(table, scenario.rivals().get(i), result, healthy);
          wasted.add(100.0 * result.first().wasted() / result.failing().all.count());
        }
        if (wasted.size() == Rival.BY_FAILURES.size()) {
          chart.panel(
              scenario.shortly(), MOST_SHOWN, wasted.stream().mapToDouble(each -> each).toArray());
        }
        text.append("### ").append(scenario.title()).append("\n\n").append(table).append('\n');
      }
    }
    text.append("![Wasted requests](benchmarks-failures.svg)\n");
    return new Section(text.toString(), Map.of("benchmarks-failures.svg", chart.svg()));
  }

  private static void row(
      Table table, Rival rival, FailureScenario.Result result, Latencies healthy) {
    Latencies all = result.failing().all;
    double slow = SLOWER * healthy.percentile(0.99);
    table.row(
        rival.title(),
        Integer.toString(all.count()),
        ratio(all.percentile(0.5) / healthy.percentile(0.5)),
        ratio(all.percentile(0.99) / healthy.percentile(0.99)),
        tenth(all.percentile(1)),
        Integer.toString(all.longerThan((long) (slow * 1e6))),
        Integer.toString(result.failing().failed),
        Integer.toString(result.first().wasted()),
        ratio((double) result.requests() / all.count()),
        Integer.toString(result.connections()),
        ratio(result.failing().later.percentile(0.5) / healthy.percentile(0.5)),
        ratio(result.failing().later.percentile(0.99) / healthy.percentile(0.99)));
  }
}

package dev.workerclient.benchmarks.brownout;

import static dev.workerclient.benchmarks.page.Numbers.ratio;
import static dev.workerclient.benchmarks.page.Numbers.tenth;
import static dev.workerclient.benchmarks.page.Numbers.whole;

import dev.workerclient.benchmarks.Form;
import dev.workerclient.benchmarks.page.Section;
import dev.workerclient.benchmarks.page.Table;
import dev.workerclient.benchmarks.peer.Peer;
import java.time.Duration;
import java.util.List;

/** Measures how many calls are answered in brown-outs, and how an outage ends. */
public final class Brownouts {
  private static final String HEAD =
      """
      ## Brown-outs

      A service on one route (two if the title says so) responds after 5 ms, fails with a 520 from Cloudflare, or hangs.
      Each client starts 80 calls a second, whatever the results of the others, with 300 ms for an attempt. All clients run
      at the same time and see the same random failures. The hand-written chain has circuit breakers with a window of 10
      calls, at least 5, and 30 s open, and three attempts for a GET. Raw OkHttp and java.net.http only have a timeout. "Of
      the client without breakers" is the share of answered calls, relative to worker-client without breakers.

      """;
  private static final String OUTAGES =
      """
      ### A dead service, and its recovery

      Every request fails for %d s, then the service is healthy. "Requests a call" is the number of requests that the
      server received for each call between the tenth second and the recovery. The times start at the recovery and end with
      the first answered call, and with the last call that was not answered.

      """;
  private static final Duration SETTLED = Duration.ofSeconds(10);

  private Brownouts() {}

  /** Measures, for two to ten minutes. */
  public static Section measure(Form form) throws Exception {
    StringBuilder text = new StringBuilder(HEAD);
    Duration dead = Duration.ofSeconds(form.of(14, 40));
    try (Race race = new Race(Peer.distinct())) {
      race.run(Scenario.WARM_UP);
      for (Scenario scenario : Scenario.brownouts(form)) {
        text.append("### ").append(scenario.title()).append("\n\n");
        text.append(answered(race.run(scenario))).append('\n');
      }
      text.append(OUTAGES.formatted(dead.toSeconds()));
      for (Scenario scenario : Scenario.outages(dead)) {
        text.append("#### ").append(scenario.title()).append("\n\n");
        text.append(recovered(race.run(scenario, SETTLED, dead), dead)).append('\n');
      }
    }
    return new Section(text.toString());
  }

  private static Table answered(List<Race.Outcome> outcomes) {
    Table table =
        new Table("", "calls", "answered %", "of the client without breakers", "requests a call");
    double base =
        outcomes.stream()
            .filter(outcome -> outcome.peer() == Peer.WITHOUT_BREAKERS)
            .mapToDouble(Brownouts::share)
            .sum();
    for (Race.Outcome outcome : outcomes) {
      int calls = outcome.calls().size();
      table.row(
          outcome.peer().title(),
          whole(calls),
          tenth(100 * share(outcome)),
          ratio(share(outcome) / base),
          ratio((double) outcome.requests().get(0) / calls));
    }
    return table;
  }

  private static double share(Race.Outcome outcome) {
    long answered = outcome.calls().stream().filter(OpenLoad.Ended::answered).count();
    return (double) answered / outcome.calls().size();
  }

  private static Table recovered(List<Race.Outcome> outcomes, Duration dead) {
    Table table = new Table("", "requests a call", "first answered, ms", "last not answered, ms");
    for (Race.Outcome outcome : outcomes) {
      long from = outcome.start() + SETTLED.toNanos();
      long back = outcome.start() + dead.toNanos();
      long calls =
          outcome.calls().stream().filter(c -> c.from() >= from && c.from() < back).count();
      long first =
          outcome.calls().stream()
              .filter(OpenLoad.Ended::answered)
              .mapToLong(OpenLoad.Ended::to)
              .filter(to -> to >= back)
              .min()
              .orElse(0);
      long last =
          outcome.calls().stream()
              .filter(call -> !call.answered())
              .mapToLong(OpenLoad.Ended::to)
              .max()
              .orElse(0);
      table.row(
          outcome.peer().title(),
          ratio((double) (outcome.requests().get(1) - outcome.requests().get(0)) / calls),
          first == 0 ? "never" : whole((first - back) / 1_000_000),
          last < back ? "none" : whole((last - back) / 1_000_000));
    }
    return table;
  }
}

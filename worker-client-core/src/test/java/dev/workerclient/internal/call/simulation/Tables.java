package dev.workerclient.internal.call.simulation;

import static dev.workerclient.internal.call.simulation.Cells.percent;
import static dev.workerclient.internal.call.simulation.Cells.row;
import static dev.workerclient.internal.call.simulation.Cells.seconds;
import static dev.workerclient.internal.call.simulation.Cells.times;
import static dev.workerclient.internal.call.simulation.Policy.BREAKERS;
import static dev.workerclient.internal.call.simulation.Policy.BUDGET;
import static dev.workerclient.internal.call.simulation.Policy.DEFAULTS;
import static dev.workerclient.internal.call.simulation.Policy.FIXED;
import static dev.workerclient.internal.call.simulation.Policy.NAIVE;
import static dev.workerclient.internal.call.simulation.Policy.RETRIES;
import static dev.workerclient.internal.call.simulation.Scenario.BACK;
import static dev.workerclient.internal.call.simulation.Scenario.DEAD;
import static dev.workerclient.internal.call.simulation.Scenario.SLOW;
import static dev.workerclient.internal.call.simulation.Scenario.TENTH;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The tables of the page. */
final class Tables {
  /** The policies that are shown side by side. */
  static final List<Policy> SHOWN = List.of(NAIVE, RETRIES, DEFAULTS);

  private static final List<String> OF_POLICIES =
      List.of(
          "",
          "load while slow",
          "load while dead",
          "attempts a sent call while dead",
          "p99 while dead",
          "load in the first 30 s after",
          "answered in the first 30 s after",
          "all answered again after");
  private static final int STEP = 10;

  private final Simulation simulation;

  Tables(Simulation simulation) {
    this.simulation = simulation;
  }

  /** The policies that are shown side by side. */
  String shown() {
    return policies(SHOWN, Policy::shownOn);
  }

  /** Those and what lies between, on the same clients. */
  String parts() {
    return policies(
        List.of(
            RETRIES,
            BUDGET,
            BREAKERS,
            DEFAULTS.withoutHedges().named("without hedges"),
            DEFAULTS,
            FIXED),
        policy -> TENTH);
  }

  private String policies(List<Policy> policies, Function<Policy, Scenario> scenario) {
    StringBuilder table = new StringBuilder(Cells.head(OF_POLICIES));
    for (Policy policy : policies) {
      Measurements measured = simulation.of(scenario.apply(policy), policy);
      table.append(
          row(
              List.of(
                  policy.name(),
                  times(measured.load(SLOW, DEAD)),
                  times(measured.load(DEAD, BACK)),
                  times(measured.loadPerFirstAttempt(DEAD, BACK)),
                  measured.percentile(0.99, DEAD, BACK) + " ms",
                  times(measured.load(BACK, BACK + 30)),
                  percent(measured.success(BACK, BACK + 30)),
                  seconds(measured.recovery()))));
    }
    return table.toString();
  }

  /** The shown policies, by ten seconds. */
  String overTime() {
    List<String> names = new ArrayList<>(List.of("from second"));
    for (Policy policy : SHOWN) {
      names.addAll(List.of(policy.name() + ": load", "answered", "p50 / p99 ms"));
    }
    StringBuilder table = new StringBuilder(Cells.head(names));
    for (int from = 0; from < Scenario.END; from += STEP) {
      List<String> cells = new ArrayList<>(List.of(Integer.toString(from)));
      for (Policy policy : SHOWN) {
        Measurements measured = simulation.of(policy.shownOn(), policy);
        int to = from + STEP;
        cells.add(times(measured.load(from, to)));
        cells.add(percent(measured.success(from, to)));
        cells.add(measured.percentile(0.5, from, to) + " / " + measured.percentile(0.99, from, to));
      }
      table.append(row(cells));
    }
    return table.toString();
  }
}

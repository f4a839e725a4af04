package dev.workerclient.internal.call.simulation;

import static dev.workerclient.internal.call.simulation.Cells.row;
import static dev.workerclient.internal.call.simulation.Cells.seconds;
import static dev.workerclient.internal.call.simulation.Cells.times;
import static dev.workerclient.internal.call.simulation.Policy.BUDGET;
import static dev.workerclient.internal.call.simulation.Policy.DEFAULTS;
import static dev.workerclient.internal.call.simulation.Policy.FIXED;
import static dev.workerclient.internal.call.simulation.Policy.NAIVE;
import static dev.workerclient.internal.call.simulation.Scenario.BACK;
import static dev.workerclient.internal.call.simulation.Scenario.DEAD;
import static dev.workerclient.internal.call.simulation.Scenario.TENTH;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Tables of policies on other scenarios, each on a tenth of the clients. */
final class Comparisons {
  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

  private final Simulation simulation;

  Comparisons(Simulation simulation) {
    this.simulation = simulation;
  }

  /** The load while dead, by what a request then gets. */
  String deaths() {
    List<Policy> policies = List.of(NAIVE, BUDGET, DEFAULTS, FIXED);
    StringBuilder table = new StringBuilder(head("a request gets", policies));
    for (Death death : Death.values()) {
      List<String> cells = new ArrayList<>(List.of(death.toString()));
      for (Policy policy : policies) {
        cells.add(times(simulation.of(TENTH.withDeath(death), policy).load(DEAD, BACK)));
      }
      table.append(row(cells));
    }
    return table.toString();
  }

  /** Load while dead and recovery, by how often one client calls and by its settings. */
  String rates() {
    Policy fewer = DEFAULTS.named("100 tokens").withTokens(100);
    List<Labelled> scenarios = new ArrayList<>();
    for (int millis : new int[] {100, 1000, 5000, 10_000, 20_000}) {
      String label = "one in " + Cells.decimal(millis / 1000.0, millis < 1000 ? 1 : 0) + " s";
      scenarios.add(new Labelled(label, TENTH.withRate(1000.0 / millis)));
    }
    return compared(
        "calls of one client",
        List.of(DEFAULTS, fewer, FIXED, FIXED.named("10 s open").withOpenTime(TEN_SECONDS)),
        scenarios);
  }

  /** The same, by the capacity with which the service comes back. */
  String capacities() {
    List<Labelled> scenarios = new ArrayList<>();
    for (double capacity : new double[] {0.25, 0.5, 2}) {
      scenarios.add(new Labelled(times(capacity), TENTH.withColdCapacity(capacity)));
    }
    return compared("capacity at first", List.of(NAIVE, DEFAULTS, FIXED), scenarios);
  }

  private record Labelled(String label, Scenario scenario) {}

  private String compared(String what, List<Policy> policies, List<Labelled> scenarios) {
    StringBuilder table = new StringBuilder(head(what, policies));
    for (Labelled each : scenarios) {
      List<String> cells = new ArrayList<>(List.of(each.label()));
      for (Policy policy : policies) {
        Measurements measured = simulation.of(each.scenario(), policy);
        cells.add(times(measured.load(DEAD, BACK)) + ", " + seconds(measured.recovery()));
      }
      table.append(row(cells));
    }
    return table.toString();
  }

  private static String head(String what, List<Policy> policies) {
    List<String> names = new ArrayList<>(List.of(what));
    policies.forEach(policy -> names.add(policy.name()));
    return Cells.head(names);
  }
}

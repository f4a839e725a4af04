package dev.workerclient.internal.call.simulation;

import static dev.workerclient.internal.call.simulation.Cells.decimal;
import static dev.workerclient.internal.call.simulation.Cells.row;

import java.util.ArrayList;
import java.util.List;

/** The table of brown-outs. */
final class BrownOuts {
  private static final List<Policy> POLICIES =
      List.of(Policy.DEFAULTS, Policy.BUDGET.named("no breakers"), Policy.FIXED);

  private static final List<BrownOut> SLOW =
      List.of(
          BrownOut.FIRST_ROUTE_DIES,
          BrownOut.FIRST_ROUTE_HANGS_EVERY_OTHER_SECOND,
          BrownOut.FIRST_ROUTE_SLOW_NOW_AND_THEN,
          BrownOut.SLOW_NOW_AND_THEN,
          BrownOut.BOTH_SLOW);

  private BrownOuts() {}

  static String table(Simulation simulation) {
    List<String> names = new ArrayList<>(List.of("scenario"));
    POLICIES.forEach(policy -> names.add("answered: " + policy.name()));
    POLICIES.forEach(policy -> names.add("requests a call: " + policy.name()));
    StringBuilder table = new StringBuilder(Cells.head(names));
    for (BrownOut scenario : scenarios()) {
      List<String> answered = new ArrayList<>(List.of(scenario.name()));
      List<String> requests = new ArrayList<>();
      for (Policy policy : POLICIES) {
        BrownOutResult result = simulation.of(scenario, policy);
        answered.add(decimal(100 * result.answered(), 1) + " %");
        requests.add(decimal(result.requestsPerCall(), 2));
      }
      answered.addAll(requests);
      table.append(row(answered));
    }
    return table.toString();
  }

  /** What hedges do for callers, and to the service. */
  static String hedges(Simulation simulation) {
    List<Policy> policies =
        List.of(
            Policy.DEFAULTS,
            Policy.DEFAULTS.withoutHedges().named("without hedges"),
            Policy.DEFAULTS.hedging(89, 20).named("percentile 89, at most 20 %"));
    List<String> names = new ArrayList<>(List.of("scenario"));
    for (String what : List.of("slow calls of 10,000", "p99", "requests a call")) {
      policies.forEach(policy -> names.add(what + ": " + policy.name()));
    }
    StringBuilder table = new StringBuilder(Cells.head(names));
    for (BrownOut scenario : SLOW) {
      List<String> cells = new ArrayList<>(List.of(scenario.name()));
      List<BrownOutResult> results =
          policies.stream().map(policy -> simulation.of(scenario, policy)).toList();
      results.forEach(result -> cells.add(decimal(10_000 * result.slowShare(), 0)));
      results.forEach(result -> cells.add(result.p99() + " ms"));
      results.forEach(result -> cells.add(decimal(result.requestsPerCall(), 3)));
      table.append(row(cells));
    }
    return table.toString();
  }

  private static List<BrownOut> scenarios() {
    List<BrownOut> all = new ArrayList<>(BrownOut.TABLE);
    all.add(BrownOut.FIRST_ROUTE_HANGS_EVERY_OTHER_SECOND);
    all.add(BrownOut.FIRST_ROUTE_DIES);
    all.add(BrownOut.OFTEN);
    all.add(BrownOut.SELDOM);
    return all;
  }
}

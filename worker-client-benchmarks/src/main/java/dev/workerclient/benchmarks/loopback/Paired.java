package dev.workerclient.benchmarks.loopback;

import dev.workerclient.benchmarks.client.Contender;
import dev.workerclient.benchmarks.page.Numbers;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What one client's turns were, each beside the first client's of the same round. */
record Paired(Contender contender, List<Turn> turns, List<Turn> first) {
  Paired {
    turns = List.copyOf(turns);
    first = List.copyOf(first);
  }

  /** The median over the rounds of the ratio to the first client. */
  double ratio(ToDoubleFunction<Turn> value) {
    return Numbers.median(ratios(value));
  }

  /**
   * The same as text, and in brackets between which ratios the rounds lie.
   *
   * @param tail the part of the rounds that lies below, and the one that lies above
   */
  String spread(double tail, ToDoubleFunction<Turn> value) {
    double[] ratios = ratios(value);
    return Numbers.ratio(Numbers.median(ratios))
        + " ("
        + Numbers.ratio(Numbers.percentile(tail, ratios))
        + "–"
        + Numbers.ratio(Numbers.percentile(1 - tail, ratios))
        + ")";
  }

  double median(ToDoubleFunction<Turn> value) {
    return Numbers.median(turns.stream().mapToDouble(value).toArray());
  }

  private double[] ratios(ToDoubleFunction<Turn> value) {
    double[] ratios = new double[turns.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = value.applyAsDouble(turns.get(i)) / value.applyAsDouble(first.get(i));
    }
    return ratios;
  }
}

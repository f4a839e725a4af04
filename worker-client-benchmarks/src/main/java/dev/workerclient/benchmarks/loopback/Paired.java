package dev.workerclient.benchmarks.loopback;

import dev.workerclient.benchmarks.client.Contender;
import dev.workerclient.benchmarks.page.Numbers;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What one client's turns were, each beside raw OkHttp's of the same round. */
record Paired(Contender contender, List<Turn> turns, List<Turn> raw) {
  Paired {
    turns = List.copyOf(turns);
    raw = List.copyOf(raw);
  }

  /** The median over the rounds of the ratio to raw OkHttp. */
  double ratio(ToDoubleFunction<Turn> value) {
    return Numbers.median(ratios(value));
  }

  /** Below which ratio that part of the rounds lies. */
  double ratio(double part, ToDoubleFunction<Turn> value) {
    return Numbers.percentile(part, ratios(value));
  }

  double median(ToDoubleFunction<Turn> value) {
    return Numbers.median(turns.stream().mapToDouble(value).toArray());
  }

  private double[] ratios(ToDoubleFunction<Turn> value) {
    double[] ratios = new double[turns.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = value.applyAsDouble(turns.get(i)) / value.applyAsDouble(raw.get(i));
    }
    return ratios;
  }
}

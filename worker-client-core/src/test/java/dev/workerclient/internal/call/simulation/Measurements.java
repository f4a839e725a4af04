package dev.workerclient.internal.call.simulation;

import static dev.workerclient.internal.call.simulation.Scenario.SECOND;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a simulation measured, by the second. A call counts in the second in which it began. */
final class Measurements {
  private final int[] attempts = new int[Scenario.LAST];
  private final int[] firstAttempts = new int[Scenario.LAST];
  private final int[] answered = new int[Scenario.LAST];
  private final List<List<Long>> nanos = new ArrayList<>();

  Measurements() {
    for (int second = 0; second < Scenario.LAST; second++) {
      nanos.add(new ArrayList<>());
    }
  }

  void attempted(long when, int number) {
    int second = (int) (when / SECOND);
    if (second < Scenario.LAST) {
      attempts[second]++;
      firstAttempts[second] += number == 1 ? 1 : 0;
    }
  }

  void called(long start, long took, boolean success) {
    int second = (int) (start / SECOND);
    nanos.get(second).add(took);
    answered[second] += success ? 1 : 0;
  }

  /** The attempts for each call. */
  double load(int from, int to) {
    return (double) sum(attempts, from, to) / calls(from, to);
  }

  /** The attempts for each call that was sent at all. */
  double loadPerFirstAttempt(int from, int to) {
    return (double) sum(attempts, from, to) / sum(firstAttempts, from, to);
  }

  /** The part of the calls that were answered. */
  double success(int from, int to) {
    return (double) sum(answered, from, to) / calls(from, to);
  }

  /** How many milliseconds that part of the calls took at most, whatever their end. */
  long percentile(double part, int from, int to) {
    long[] sorted =
        nanos.subList(from, to).stream()
            .flatMap(List::stream)
            .mapToLong(Long::longValue)
            .sorted()
            .toArray();
    return sorted[(int) Math.min(sorted.length - 1L, (long) (part * sorted.length))] / 1_000_000;
  }

  /**
   * How many whole seconds after the service was back the calls succeeded again: at least 99 % of
   * them, in that and each later second. Negative where they never did.
   */
  int recovery() {
    int second = Scenario.END;
    while (second > Scenario.BACK && success(second - 1, second) >= 0.99) {
      second--;
    }
    return second == Scenario.END ? -1 : second - Scenario.BACK;
  }

  private int calls(int from, int to) {
    return nanos.subList(from, to).stream().mapToInt(List::size).sum();
  }

  private static int sum(int[] numbers, int from, int to) {
    return Arrays.stream(numbers, from, to).sum();
  }
}

package dev.workerclient.mockserver;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One behaviour of a schedule, for a number of requests or without end. Not thread-safe. */
final class ScheduleStep {
  private final Script script;
  private final String name;
  private final List<Chance> chances = new ArrayList<>();
  private int limit = Integer.MAX_VALUE;
  private int taken;

  ScheduleStep(Script script, String name) {
    this.script = script;
    this.name = name;
  }

  void limit(int requests) {
    limit = requests;
  }

  boolean isLimited() {
    return limit != Integer.MAX_VALUE;
  }

  void sometimes(double probability, long seed, Script instead, String insteadName) {
    chances.add(new Chance(probability, new Random(seed), instead, insteadName));
  }

  /** What happens to one request more; null after the last. */
  @Nullable Script next() {
    if (taken >= limit) {
      return null;
    }
    taken++;
    Script drawn = script;
    for (Chance chance : chances) {
      if (chance.random.nextDouble() < chance.probability) { // Each draws, whatever another drew.
        drawn = chance.script;
      }
    }
    return drawn;
  }

  @Override
  public String toString() {
    return name
        + chances.stream()
            .map(chance -> " or, at " + chance.probability + ", " + chance.name)
            .collect(Collectors.joining())
        + (isLimited() ? " for " + limit + " request(s)" : "");
  }

  private record Chance(double probability, Random random, Script script, String name) {}
}

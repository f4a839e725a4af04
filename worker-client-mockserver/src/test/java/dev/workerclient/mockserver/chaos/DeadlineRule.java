package dev.workerclient.mockserver.chaos;

import dev.workerclient.error.Attempt;
import java.time.Duration;
import java.util.function.Consumer;

/** No limit is overshot by more than 5 % and 50 ms, and what the machine stood still meanwhile. */
final class DeadlineRule implements Rule {
  private static final Duration GRACE = Duration.ofMillis(50);

  private final Duration attemptTime;
  private final Canary timers;

  DeadlineRule(Duration attemptTime, Canary timers) {
    this.attemptTime = attemptTime;
    this.timers = timers;
  }

  @Override
  public void check(CallResult result, Consumer<String> broken) {
    Duration late = timers.late(result.from(), result.to());
    if (result.elapsed().compareTo(longest(result.call().time(), late)) > 0) {
      broken.accept("took longer than its time and " + late.toMillis() + " ms of a stall");
    }
    for (Attempt attempt : result.attempts()) {
      if (attempt.elapsed().compareTo(longest(attemptTime, late)) > 0) {
        broken.accept("an attempt took too long, with " + late.toMillis() + " ms of a stall");
      }
    }
  }

  private static Duration longest(Duration limit, Duration late) {
    return limit.plus(limit.dividedBy(20)).plus(GRACE).plus(late);
  }
}

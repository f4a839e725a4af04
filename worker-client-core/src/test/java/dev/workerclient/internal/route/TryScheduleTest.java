package dev.workerclient.internal.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.internal.route.TrySchedule.Pace;
import org.junit.jupiter.api.Test;

/** A route that fails again soon after it recovered is trusted less. */
class TryScheduleTest {
  private static final long START = 1_000_000;

  private final TrySchedule schedule = new TrySchedule(() -> 0.5); // No jitter.

  /** Fails for so many tries from then on, and then is healthy; returns when. */
  private long outage(long from, int tries) {
    long now = from;
    schedule.begin(now);
    for (int i = 0; i < tries; i++) {
      now += schedule.left(now, Pace.PAID, null);
      schedule.tried(now);
    }
    schedule.recovered(now);
    return now;
  }

  private long firstTry(long now) {
    schedule.begin(now);
    return schedule.left(now, Pace.PAID, null);
  }

  @Test
  void theNextOutageBeginsWhereTheLastOneCameTo() {
    long well = outage(START, 3);

    assertThat(firstTry(well + 1_000)).isEqualTo(4_000);
  }

  @Test
  void outagesAddUpToTheLongestInterval() {
    long well = outage(START, 4);
    well = outage(well + 1_000, 4);

    assertThat(firstTry(well + 1_000)).isEqualTo(30_000);
  }

  @Test
  void aRecoveryThatHoldsIsTrusted() {
    long well = outage(START, 3);

    assertThat(firstTry(well + 20_001)).isEqualTo(500);
  }

  @Test
  void withoutAHealthierRouteNothingIsRemembered() {
    long well = outage(START, 3);
    schedule.begin(well + 1_000);

    assertThat(schedule.left(well + 1_000, Pace.ALONE, null)).isEqualTo(100);
  }

  @Test
  void aResetForgetsIt() {
    long well = outage(START, 3);
    schedule.clear();

    assertThat(firstTry(well + 1_000)).isEqualTo(500);
  }
}

package dev.workerclient.internal.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.internal.route.RouteFailure.Symptom;
import dev.workerclient.internal.route.TrySchedule.Pace;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(longs = {0, 1_000, 20_000}) // Up to five times the interval that it had come to.
  void theNextOutageBeginsWhereTheLastOneCameTo(long pause) {
    long well = outage(START, 3);

    assertThat(firstTry(well + pause)).isEqualTo(4_000);
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
  void aResetEndsAnOutage() {
    schedule.begin(START);
    schedule.tried(START);
    schedule.clear();

    assertThat(schedule.isBegun()).isFalse();
    assertThat(firstTry(START + 60_000)).isEqualTo(500);
  }

  @Test
  void aResetForgetsIt() {
    long well = outage(START, 3);
    schedule.clear();

    assertThat(firstTry(well + 1_000)).isEqualTo(500);
  }

  private static RouteFailure failure(Symptom symptom, Duration took) {
    return new RouteFailure(symptom, false, took.toNanos(), "it failed");
  }

  @ParameterizedTest
  @CsvSource({"ALONE,100,130,169,1500", "BESIDE,500,1000,2000,5000", "PAID,500,1000,2000,30000"})
  void intervalsGrowUpToTheLongest(Pace pace, long first, long second, long third, long longest) {
    schedule.begin(START);
    assertThat(schedule.left(START, pace, null)).isEqualTo(first);
    assertThat(schedule.left(START + 40, pace, null)).isEqualTo(first - 40);
    schedule.tried(START);
    assertThat(schedule.left(START, pace, null)).isEqualTo(second);
    schedule.tried(START);
    assertThat(schedule.left(START, pace, null)).isEqualTo(third);
    for (int i = 0; i < 100; i++) {
      schedule.tried(START);
    }
    assertThat(schedule.left(START, pace, null)).isEqualTo(longest);
  }

  @ParameterizedTest
  @CsvSource({"0,400", "1,600"})
  void intervalsDifferByAFifth(double random, long first) {
    TrySchedule jittered = new TrySchedule(() -> random);
    jittered.begin(START);

    assertThat(jittered.left(START, Pace.PAID, null)).isEqualTo(first);
  }

  @Test
  void aMisconfiguredRouteIsTriedAfterASecond() {
    schedule.begin(START);

    RouteFailure last = failure(Symptom.MISCONFIGURED, Duration.ZERO);
    assertThat(schedule.left(START, Pace.BESIDE, last)).isEqualTo(1_000);
  }

  @Test
  void aTryThatIsAUsersCallWaitsTenTimesWhatItCosts() {
    schedule.begin(START);

    RouteFailure last = failure(Symptom.FAILING, Duration.ofMillis(200));
    assertThat(schedule.left(START, Pace.PAID, last)).isEqualTo(2_000);
    assertThat(schedule.left(START, Pace.BESIDE, last)).isEqualTo(500);
    assertThat(schedule.left(START, Pace.PAID, failure(Symptom.FAILING, Duration.ofHours(1))))
        .isEqualTo(30_000);
  }

  @Test
  void timeCountsFromTheFirstFailure() {
    schedule.begin(START);
    assertThat(schedule.isBegun()).isTrue();
    schedule.begin(START + 300);

    assertThat(schedule.left(START + 300, Pace.PAID, null)).isEqualTo(200);
    assertThat(schedule.left(START + 300, Pace.PAID, null, START + 100)).isEqualTo(300);
  }

  @Test
  void aClockThatIsSetBackMakesNoTryWait() {
    schedule.begin(START);

    assertThat(schedule.left(START - 1, Pace.PAID, null)).isZero();
  }

  @Test
  void aClockThatIsSetBackMakesARecoveryTrusted() {
    outage(START, 3);

    assertThat(firstTry(START - 1)).isEqualTo(500);
  }

  @Test
  void aTryThatSaidNothingIsFollowedByAnotherAtOnceAndNotCounted() {
    schedule.begin(START);
    schedule.tried(START);
    schedule.wasted();

    assertThat(schedule.left(START, Pace.ALONE, null)).isZero();
    assertThat(schedule.left(START, Pace.BESIDE, null)).isEqualTo(500);
    schedule.tried(START);
    assertThat(schedule.left(START, Pace.ALONE, null)).isEqualTo(130);
    schedule.wasted();
    schedule.wasted();
    assertThat(schedule.left(START, Pace.BESIDE, null)).isEqualTo(500);
  }

  @Test
  void aRecoveryEndsTheOutage() {
    schedule.begin(START);
    schedule.tried(START);
    schedule.wasted();
    schedule.recovered(START);

    assertThat(schedule.isBegun()).isFalse();
    schedule.begin(START);
    assertThat(schedule.left(START, Pace.ALONE, null)).isEqualTo(100);
  }

  @Test
  void aRecoveryWithoutAnOutageChangesNothing() {
    long healthy = outage(START, 3);
    schedule.recovered(healthy + 1_000_000);

    assertThat(firstTry(healthy + 1_000_000)).isEqualTo(500);
  }
}

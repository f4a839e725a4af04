package dev.workerclient.internal.route;

import dev.workerclient.internal.route.RouteFailure.Symptom;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * When a route that is failing may be tried again. One that fails again soon after it recovered is
 * tried at the intervals that it had come to, while another one is healthier. Not thread-safe.
 */
final class TrySchedule {
  private static final double JITTER = 0.2;

  /** So many times the cost of a try passes until the next, if a user's call pays for it. */
  private static final int COST = 10;

  private static final long MISCONFIGURED_MILLIS = 1_000;

  /** A recovery that holds for so many times the last interval is trusted. */
  private static final int TRUSTED = 5;

  private static final int MOST_TRIES = 30;

  private final DoubleSupplier random;
  private int tries;

  /** The tries before the last recovery, if that did not hold. */
  private int relapses;

  private long recoveredAt;
  private boolean begun;
  private boolean wasted;
  private long from;
  private double factor = 1;

  TrySchedule(DoubleSupplier random) {
    this.random = random;
  }

  /** How the times between tries grow. */
  enum Pace {
    /** No other route is healthier. */
    ALONE(100, 1.3, 1_500),
    /** Another route is healthier, and the try costs no user's call anything. */
    BESIDE(500, 2, 5_000),
    /** Another route is healthier, and the try is a user's call. */
    PAID(500, 2, 30_000);

    private final long first;
    private final double growth;
    private final long longest;

    Pace(long first, double growth, long longest) {
      this.first = first;
      this.growth = growth;
      this.longest = longest;
    }
  }

  /** Counts from now on, if nothing is counted yet. */
  void begin(long now) {
    if (!begun) {
      begun = true;
      double trusted = recoveredAt + TRUSTED * interval(Pace.PAID, null);
      if (now < recoveredAt || now > trusted) {
        relapses = 0;
      }
      restart(now);
    }
  }

  /** How many milliseconds until the next try; zero or less if that is now. */
  long left(long now, Pace pace, @Nullable RouteFailure last) {
    return wasted && pace == Pace.ALONE ? 0 : left(now, pace, last, from);
  }

  /** The same, counted from another time. */
  long left(long now, Pace pace, @Nullable RouteFailure last, long since) {
    boolean clockWasSetBack = now < since;
    return clockWasSetBack ? 0 : since + (long) (factor * interval(pace, last)) - now;
  }

  private double interval(Pace pace, @Nullable RouteFailure last) {
    double least = pace.first;
    if (last != null && last.symptom() == Symptom.MISCONFIGURED) {
      least = MISCONFIGURED_MILLIS;
    }
    int times = pace == Pace.ALONE ? tries : Math.min(tries + relapses, MOST_TRIES);
    double interval = least * StrictMath.pow(pace.growth, times);
    if (pace == Pace.PAID && last != null) {
      long cost = TimeUnit.NANOSECONDS.toMillis(last.nanos());
      interval = Math.max(interval, (double) COST * cost);
    }
    return Math.min(interval, (double) pace.longest);
  }

  void tried(long now) {
    tries = Math.min(tries + 1, MOST_TRIES);
    wasted = false;
    restart(now);
  }

  /** The last try said nothing of the route. */
  void wasted() {
    tries = Math.max(tries - 1, 0);
    wasted = true;
  }

  private void restart(long now) {
    from = now;
    factor = 1 - JITTER + 2 * JITTER * random.getAsDouble();
  }

  boolean isBegun() {
    return begun;
  }

  /** Notes that the route has recovered. */
  void recovered(long now) {
    if (begun) {
      relapses = Math.min(relapses + tries, MOST_TRIES);
      recoveredAt = now;
    }
    stop();
  }

  /** Forgets everything. */
  void clear() {
    relapses = 0;
    stop();
  }

  private void stop() {
    begun = false;
    wasted = false;
    tries = 0;
  }
}

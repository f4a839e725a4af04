package dev.workerclient.internal.route;

/**
 * The share of recent attempts that were answered. By their number, the last seven or so count; by
 * time, those of the last seconds, but never fewer than four. Read by any thread, changed by one at
 * a time.
 */
final class AnsweredShare {
  private static final double LEAST_WEIGHT = 1.0 / 7;
  private static final double MOST_WEIGHT = 1.0 / 4;

  /** After as long without an attempt, the one before counts half. */
  private static final double MEMORY_MILLIS = 2_000;

  /** From here on the share is 1: it would only come closer and closer. */
  private static final double ALL = 0.99;

  /** So exact is the time of an answer that leaves the share as it is. */
  private static final long EXACT_MILLIS = 100;

  private volatile double share = 1;
  private volatile long time;

  double value() {
    return share;
  }

  /** Adds an answer if the share is 1 already, which then takes no lock; false if it isn't. */
  boolean staysAll(long now) {
    if (share < 1) {
      return false;
    }
    if (now - time >= EXACT_MILLIS || now < time) {
      time = now;
    }
    return true;
  }

  void add(boolean answered, long now) {
    double age = time == 0 ? 0 : Math.max(0, now - time);
    double weight = Math.max(LEAST_WEIGHT, Math.min(MOST_WEIGHT, age / (age + MEMORY_MILLIS)));
    double next = share + weight * ((answered ? 1 : 0) - share);
    time = now;
    share = next > ALL ? 1 : next;
  }

  void clear() {
    share = 1;
    time = 0;
  }
}

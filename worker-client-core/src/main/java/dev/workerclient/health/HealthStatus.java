package dev.workerclient.health;

import java.util.Objects;

/** The health of a service, or of a client with all its services; from best to worst. */
public enum HealthStatus {
  /** The first route works. */
  UP,
  /** The first route fails, and a fallback works. */
  DEGRADED,
  /** No route works. */
  DOWN;

  /** Returns the worse of the two. */
  public static HealthStatus worse(HealthStatus one, HealthStatus other) {
    Objects.requireNonNull(one, "one");
    Objects.requireNonNull(other, "other");
    return one.compareTo(other) >= 0 ? one : other;
  }
}

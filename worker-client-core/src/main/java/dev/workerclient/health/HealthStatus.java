package dev.workerclient.health;

import java.util.Objects;

/** How well a service is, or a client with all of its services: from best to worst. */
public enum HealthStatus {
  /** The route that calls try first works. */
  UP,
  /** The first route fails, and one that calls fall back to works. */
  DEGRADED,
  /** No route works. */
  DOWN;

  /** The worse of the two. */
  public static HealthStatus worse(HealthStatus one, HealthStatus other) {
    Objects.requireNonNull(one, "one");
    Objects.requireNonNull(other, "other");
    return one.compareTo(other) >= 0 ? one : other;
  }
}

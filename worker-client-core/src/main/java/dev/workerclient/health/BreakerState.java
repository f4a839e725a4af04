package dev.workerclient.health;

/** What a route's circuit breaker does with users' calls. */
public enum BreakerState {
  /** It lets them through. */
  CLOSED,
  /** It skips the route, or lets it only be tried at intervals. */
  OPEN,
  /** It lets a few through, to find out if the route is healthy again. */
  HALF_OPEN,
  /** There is none, or it is switched off: all go through, whatever becomes of them. */
  OFF
}

package dev.workerclient.health;

/** The state of a route's circuit breaker. */
public enum BreakerState {
  /** Calls use the route. */
  CLOSED,
  /** Calls skip the route, or try it only at intervals. */
  OPEN,
  /** A few calls use the route, to find out if it is healthy again. */
  HALF_OPEN,
  /** There is no breaker, or it is switched off: all calls use the route. */
  OFF
}

package dev.workerclient.internal.call;

import dev.workerclient.internal.classify.Failure;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Which routes a call may still ask, and from when: one that failed for good is not asked again,
 * and one that named a wait not before. Used by one thread at a time.
 */
final class RoutePlan {
  private static final double WAIT_JITTER = 0.25;
  private static final long NEVER = Long.MAX_VALUE;
  private static final long AFTER_BACKOFF = Long.MIN_VALUE;
  private static final long UNTRIED = Long.MIN_VALUE + 1;

  /** By route: when it may be asked again, on the call's clock; or one of the three above. */
  private final long[] from;

  /** The route that a hedge asked in this pass, or -1. */
  private int hedged = -1;

  RoutePlan(int routes) {
    this.from = new long[routes];
    Arrays.fill(from, UNTRIED);
  }

  /** Whether the route may be asked in the pass that begins now. */
  boolean allows(int route) {
    return route != hedged && (from[route] == AFTER_BACKOFF || from[route] == UNTRIED);
  }

  /** Notes that an attempt failed on the route. */
  void failed(int route, Failure failure, long now, DoubleSupplier random) {
    from[route] = failure.sameRouteHelps() ? after(failure.retryAfter(), now, random) : NEVER;
  }

  /** Notes that a hedge failed on the route, which is not asked again in this pass. */
  void hedgeFailed(int route, Failure failure, long now, DoubleSupplier random) {
    failed(route, failure, now, random);
    hedged = route;
  }

  /** Notes that the route's breaker let the call not through. */
  void skip(int route) {
    from[route] = NEVER;
  }

  /** Notes that the target answered and asked to come back: only that route is asked again. */
  void throttled(int route, Duration wait, long now, DoubleSupplier random) {
    Arrays.fill(from, NEVER);
    from[route] = after(wait, now, random);
  }

  /** How long until a route may be asked, in nanoseconds; negative if none may ever. */
  long wait(long now, long backoff) {
    long shortest = NEVER;
    for (long each : from) {
      if (each == AFTER_BACKOFF) {
        shortest = Math.min(shortest, backoff);
      } else if (each != NEVER && each != UNTRIED) {
        shortest = Math.min(shortest, Math.max(0, each - now));
      }
    }
    return shortest == NEVER ? -1 : shortest;
  }

  /**
   * Notes that so many nanoseconds were waited from then on; no clock need agree. What the first
   * pass did not get to, since it would not have helped, stays out of the next.
   */
  void waited(long then, long nanos) {
    hedged = -1;
    for (int route = 0; route < from.length; route++) {
      if (from[route] == UNTRIED) {
        from[route] = NEVER;
      }
      if (from[route] != NEVER && from[route] != AFTER_BACKOFF && from[route] - then <= nanos) {
        from[route] = AFTER_BACKOFF;
      }
    }
  }

  private static long after(@Nullable Duration wait, long now, DoubleSupplier random) {
    if (wait == null) {
      return AFTER_BACKOFF;
    }
    double factor = 1 + WAIT_JITTER * random.getAsDouble();
    return now + (long) (wait.toNanos() * factor);
  }
}

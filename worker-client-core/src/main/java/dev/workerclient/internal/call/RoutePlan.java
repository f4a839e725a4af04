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

  /** By route: when it may be asked again, on the call's clock; or one of the two above. */
  private final long[] from;

  RoutePlan(int routes) {
    this.from = new long[routes];
    Arrays.fill(from, AFTER_BACKOFF);
  }

  /** Whether the route may be asked in the pass that begins now. */
  boolean allows(int route, long now) {
    return from[route] == AFTER_BACKOFF || (from[route] != NEVER && from[route] - now <= 0);
  }

  /** Notes that an attempt failed on the route. */
  void failed(int route, Failure failure, long now, DoubleSupplier random) {
    from[route] = failure.sameRouteHelps() ? after(failure.retryAfter(), now, random) : NEVER;
  }

  /** Notes that the route's breaker is open. */
  void leaveOut(int route) {
    from[route] = NEVER;
  }

  /** Notes that the target answered and asked to come back: only that route is asked again. */
  void throttled(int route, Duration wait, long now, DoubleSupplier random) {
    Arrays.fill(from, NEVER);
    from[route] = after(wait, now, random);
  }

  /** How long until a route may be asked, in nanoseconds; negative where none may ever. */
  long wait(long now, long backoff) {
    long shortest = NEVER;
    for (long each : from) {
      if (each == AFTER_BACKOFF) {
        shortest = Math.min(shortest, backoff);
      } else if (each != NEVER) {
        shortest = Math.min(shortest, Math.max(0, each - now));
      }
    }
    return shortest == NEVER ? -1 : shortest;
  }

  private static long after(@Nullable Duration wait, long now, DoubleSupplier random) {
    if (wait == null) {
      return AFTER_BACKOFF;
    }
    double factor = 1 + WAIT_JITTER * random.getAsDouble();
    return now + (long) (wait.toNanos() * factor);
  }
}

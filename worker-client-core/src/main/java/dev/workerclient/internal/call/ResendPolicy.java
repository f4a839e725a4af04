package dev.workerclient.internal.call;

import dev.workerclient.error.Delivery;
import dev.workerclient.internal.call.RetryBudget.Cost;
import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.classify.RetryAfter;
import dev.workerclient.internal.classify.table.FailureKind;
import dev.workerclient.internal.http.Outcome;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The one rule of whether, where and when a call is sent again: a call that the target may already
 * have run is never silently run again. Pure functions; {@link ResendLoop} obeys them.
 */
final class ResendPolicy {
  /** No further attempt starts with less than this left of the deadline. */
  private static final long LEAST_NANOS = Duration.ofMillis(50).toNanos();

  private ResendPolicy() {}

  /**
   * What the rule knows of a call.
   *
   * @param repeatable whether running it twice does no harm
   * @param sendable whether its body can be sent once more
   * @param stopped whether it was cancelled, or its thread interrupted
   * @param attemptsLeft how many more attempts it may make
   * @param nanosLeft until its deadline
   * @param passes whether it may go through the routes more than once
   * @param pooledConnection whether the last attempt may have used a connection of the pool
   * @param credentialMayChange whether the route's credential can be read anew, and was not yet
   * @param otherRoute whether another route can be asked in this pass
   * @param nanosUntilPass until a route can be asked in another pass; negative for never
   */
  record State(
      boolean repeatable,
      boolean sendable,
      boolean stopped,
      int attemptsLeft,
      long nanosLeft,
      boolean passes,
      boolean pooledConnection,
      boolean credentialMayChange,
      boolean otherRoute,
      long nanosUntilPass) {}

  /** What becomes of a call after an outcome, in the order of preference. */
  enum Move {
    /** At once on the same route, on another connection than the pool's. */
    FRESH_CONNECTION,
    /** At once on the same route, with its credential read anew. */
    FRESH_CREDENTIAL,
    /** At once on the next route. */
    OTHER_ROUTE,
    /** After a wait, through the routes once more. */
    ANOTHER_PASS,
    /** The call was told to stop, and would have gone on. */
    STOPPED,
    /** The outcome is the caller's. */
    DONE
  }

  /**
   * A move, and what it takes out of the retry budget.
   *
   * @param cost taken before the call is sent; if it isn't there, the call is not sent
   */
  record Next(Move move, Cost cost) {
    static final Next DONE = new Next(Move.DONE, Cost.FREE);

    private static Next free(Move move) {
      return new Next(move, Cost.FREE);
    }
  }

  /**
   * What to do after an attempt failed.
   *
   * @param reason what another pass would be for: the call's last failure after which the same
   *     route may do better, or else {@code failure}
   */
  static Next after(State call, Failure failure, Failure reason) {
    boolean allowed = call.sendable && isSafe(failure.delivery(), call.repeatable);
    if (!allowed || call.attemptsLeft <= 0) {
      return Next.DONE;
    }
    boolean atOnce = leavesTimeAfter(call, 0);
    if (atOnce && !call.stopped) {
      if (call.pooledConnection && failure.freshConnectionHelps()) {
        return Next.free(Move.FRESH_CONNECTION); // A connection can break so once.
      }
      if (call.credentialMayChange && isUnauthorized(failure)) {
        return Next.free(Move.FRESH_CREDENTIAL);
      }
    }
    if (atOnce && call.otherRoute && failure.otherRouteHelps()) {
      boolean undelivered = failure.delivery() == Delivery.NOT_DELIVERED;
      return call.stopped
          ? Next.free(Move.STOPPED)
          : new Next(Move.OTHER_ROUTE, undelivered ? Cost.FREE : cost(failure));
    }
    return mayPass(call) ? new Next(Move.ANOTHER_PASS, cost(reason)) : Next.DONE;
  }

  /** What to do after the target answered and asked to come back, as {@link #throttle} tells. */
  static Next afterThrottle(State call) {
    return call.sendable && call.attemptsLeft > 0 && mayPass(call)
        ? new Next(Move.ANOTHER_PASS, Cost.THROTTLED)
        : Next.DONE;
  }

  /** What an attempt on a fresh connection costs afterwards, if it failed like the one before. */
  static Cost costAfterFresh(Failure before, Failure after) {
    return before.delivery() == Delivery.NOT_DELIVERED || after.delivery() == Delivery.NOT_DELIVERED
        ? Cost.FREE
        : cost(after); // The service was at fault, and not a connection.
  }

  /**
   * The wait that a repeatable call's answer asks for, by 429 or 503 with {@code Retry-After}; null
   * for any other answer.
   */
  static @Nullable Duration throttle(
      Outcome.Answered answer, boolean repeatable, InstantSource clock) {
    int status = answer.status();
    return (status == 429 || status == 503) && repeatable
        ? RetryAfter.parse(answer.headers().get("Retry-After"), clock)
        : null;
  }

  /** Whether sending the call again can't run it twice, or running it twice does no harm. */
  static boolean isSafe(Delivery delivery, boolean repeatable) {
    return repeatable || delivery == Delivery.NOT_DELIVERED;
  }

  /** Whether enough of the deadline is left for one more attempt after that wait. */
  static boolean leavesTimeAfter(State call, long nanos) {
    return call.nanosLeft - nanos >= LEAST_NANOS;
  }

  private static boolean mayPass(State call) {
    return call.passes
        && !call.stopped
        && call.nanosUntilPass >= 0
        && leavesTimeAfter(call, call.nanosUntilPass);
  }

  private static boolean isUnauthorized(Failure failure) {
    return failure.proxyCode().equals("UNAUTHORIZED")
        && failure.delivery() == Delivery.NOT_DELIVERED;
  }

  private static Cost cost(Failure failure) {
    return failure.kind() == FailureKind.RATE_LIMITED ? Cost.THROTTLED : Cost.TRANSIENT;
  }
}

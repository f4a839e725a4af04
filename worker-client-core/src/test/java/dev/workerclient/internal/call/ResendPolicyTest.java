package dev.workerclient.internal.call;

import static dev.workerclient.internal.call.ResendPolicy.Move.ANOTHER_PASS;
import static dev.workerclient.internal.call.ResendPolicy.Move.DONE;
import static dev.workerclient.internal.call.ResendPolicy.Move.OTHER_ROUTE;
import static dev.workerclient.internal.call.ResendPolicy.Move.STOPPED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.error.Delivery;
import dev.workerclient.internal.call.ResendPolicy.Move;
import dev.workerclient.internal.call.ResendPolicy.Next;
import dev.workerclient.internal.call.ResendPolicy.State;
import dev.workerclient.internal.call.RetryBudget.Cost;
import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.classify.table.FailureKind;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The policy over the full product of what it looks at. */
class ResendPolicyTest {
  private static final long[] TIMES = {
    Long.MIN_VALUE / 2,
    0,
    Duration.ofMillis(49).toNanos(),
    Duration.ofMillis(50).toNanos(),
    1L << 40
  };
  private static final long[] UNTIL_PASS = {-1, 0, Duration.ofSeconds(1).toNanos()};

  private static final long LEAST_NANOS = Duration.ofMillis(50).toNanos();

  private final Map<Move, Integer> moves = new EnumMap<>(Move.class);

  @Test
  void holdsItsLawsForEveryStateAndFailure() {
    for (FailureKind kind : FailureKind.values()) {
      for (Delivery delivery : Delivery.values()) {
        for (int helps = 0; helps < 16; helps++) {
          forEachState(failure(kind, delivery, helps));
        }
      }
    }
    assertThat(moves.keySet()).containsExactlyInAnyOrder(Move.values());
  }

  private static Failure failure(FailureKind kind, Delivery delivery, int helps) {
    Failure.Builder failure =
        Failure.builder(kind, "it failed")
            .delivery(delivery, "told by the test")
            .helps((helps & 1) != 0, (helps & 2) != 0);
    if ((helps & 4) != 0) {
      failure.freshConnectionHelps();
    }
    if ((helps & 8) != 0) {
      failure.proxyCode("UNAUTHORIZED");
    }
    return failure.build();
  }

  private void forEachState(Failure failure) {
    for (int bits = 0; bits < 128; bits++) {
      for (int attempts : new int[] {0, 1, 2}) {
        for (long left : TIMES) {
          for (long untilPass : UNTIL_PASS) {
            check(state(bits, attempts, left, untilPass), failure);
          }
        }
      }
    }
  }

  private static State state(int bits, int attempts, long left, long untilPass) {
    return new State(
        (bits & 1) != 0,
        (bits & 2) != 0,
        (bits & 4) != 0,
        attempts,
        left,
        (bits & 8) != 0,
        (bits & 16) != 0,
        (bits & 32) != 0,
        (bits & 64) != 0,
        untilPass);
  }

  private void check(State call, Failure failure) {
    Next next = ResendPolicy.after(call, failure, failure);
    moves.merge(next.move(), 1, Integer::sum);
    boolean undelivered = failure.delivery() == Delivery.NOT_DELIVERED;
    if (!(next.move() == DONE ? isFinal(next, call, failure) : keepsTheLaws(next, call, failure))
        || next.cost() != expectedCost(next.move(), failure, undelivered)) {
      throw new AssertionError(next + " of " + call + " after " + failure.delivery());
    }
  }

  private static boolean isFinal(Next next, State call, Failure failure) {
    return next.cost() == Cost.FREE && !mayGoOn(call, failure);
  }

  private static boolean keepsTheLaws(Next next, State call, Failure failure) {
    boolean undelivered = failure.delivery() == Delivery.NOT_DELIVERED;
    boolean nothingRunsTwice = call.repeatable() || undelivered;
    return nothingRunsTwice
        && call.sendable()
        && call.attemptsLeft() > 0
        && call.nanosLeft() >= LEAST_NANOS
        && call.stopped() == (next.move() == STOPPED)
        && isOpen(next.move(), call, failure);
  }

  private static boolean isOpen(Move move, State call, Failure failure) {
    return switch (move) {
      case FRESH_CONNECTION -> call.pooledConnection() && failure.freshConnectionHelps();
      case FRESH_CREDENTIAL ->
          call.credentialMayChange()
              && failure.delivery() == Delivery.NOT_DELIVERED
              && failure.proxyCode().equals("UNAUTHORIZED");
      case OTHER_ROUTE, STOPPED -> call.otherRoute() && failure.otherRouteHelps();
      case ANOTHER_PASS ->
          call.passes()
              && call.nanosUntilPass() >= 0
              && call.nanosLeft() - call.nanosUntilPass() >= LEAST_NANOS;
      case DONE -> false;
    };
  }

  private static Cost expectedCost(Move move, Failure failure, boolean undelivered) {
    boolean paid = move == ANOTHER_PASS || (move == OTHER_ROUTE && !undelivered);
    Cost price = failure.kind() == FailureKind.RATE_LIMITED ? Cost.THROTTLED : Cost.TRANSIENT;
    return paid ? price : Cost.FREE;
  }

  /** Whether there is a way on, told in another form than the policy's own. */
  private static boolean mayGoOn(State call, Failure failure) {
    boolean safe = call.repeatable() || failure.delivery() == Delivery.NOT_DELIVERED;
    if (!safe || !call.sendable() || call.attemptsLeft() == 0) {
      return false;
    }
    boolean other = call.otherRoute() && failure.otherRouteHelps();
    boolean fresh = call.pooledConnection() && failure.freshConnectionHelps();
    boolean credential =
        call.credentialMayChange()
            && failure.proxyCode().equals("UNAUTHORIZED")
            && failure.delivery() == Delivery.NOT_DELIVERED;
    boolean now = other || (!call.stopped() && (fresh || credential));
    boolean pass =
        call.passes()
            && !call.stopped()
            && call.nanosUntilPass() >= 0
            && call.nanosLeft() - call.nanosUntilPass() > LEAST_NANOS - 1;
    return (now && call.nanosLeft() > LEAST_NANOS - 1) || pass;
  }

  @Test
  void anAnswerIsFinalUnlessTheTargetAskedToComeBack() {
    for (int bits = 0; bits < 128; bits++) {
      for (int attempts : new int[] {0, 1, 2}) {
        for (long left : TIMES) {
          for (long untilPass : UNTIL_PASS) {
            State call = state(bits, attempts, left, untilPass);
            boolean open =
                call.sendable()
                    && call.attemptsLeft() > 0
                    && !call.stopped()
                    && call.passes()
                    && call.nanosUntilPass() >= 0
                    && call.nanosLeft() - call.nanosUntilPass() >= LEAST_NANOS;

            assertThat(ResendPolicy.afterThrottle(call))
                .isEqualTo(open ? new Next(ANOTHER_PASS, Cost.THROTTLED) : Next.DONE);
          }
        }
      }
    }
  }

  @Test
  void aConnectionIsMadeGoodForFreeOnce() {
    Failure reached = failure(FailureKind.WORKER_CONNECTION, Delivery.UNKNOWN, 4);
    Failure unreached = failure(FailureKind.WORKER_CONNECTION, Delivery.NOT_DELIVERED, 4);

    assertThat(ResendPolicy.costAfterFresh(reached, reached)).isEqualTo(Cost.TRANSIENT);
    assertThat(ResendPolicy.costAfterFresh(unreached, reached)).isEqualTo(Cost.FREE);
    assertThat(ResendPolicy.costAfterFresh(reached, unreached)).isEqualTo(Cost.FREE);
  }
}

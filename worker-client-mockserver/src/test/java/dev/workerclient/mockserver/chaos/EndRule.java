package dev.workerclient.mockserver.chaos;

import dev.workerclient.error.Attempt;
import dev.workerclient.error.CircuitOpenException;
import dev.workerclient.error.Delivery;
import dev.workerclient.error.WorkerConnectionException;
import dev.workerclient.error.WorkerTimeoutException;
import dev.workerclient.mockserver.chaos.PlannedCall.Wiring;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** A call goes on for as long as it may and no longer, and ends in an answer or a named failure. */
final class EndRule implements Rule {
  private static final int MOST_ATTEMPTS = 3;
  private static final Set<Class<?>> NAMED =
      Set.of(
          WorkerConnectionException.class,
          WorkerTimeoutException.class,
          CircuitOpenException.class);

  /** The longest wait before a call's last attempt, and the least time that one starts with. */
  private static final Duration ENOUGH = Duration.ofMillis(200 + 50);

  private final BreakerWatch breakers;
  private final boolean shed;
  private final Excuse excuse;

  /**
   * Makes one.
   *
   * @param shed whether the breakers may refuse a call while they are closed, as those with the
   *     defaults do if most attempts fail
   */
  EndRule(BreakerWatch breakers, boolean shed, Excuse excuse) {
    this.breakers = breakers;
    this.shed = shed;
    this.excuse = excuse;
  }

  @Override
  public void check(CallResult result, Consumer<String> broken) {
    checkAttempts(result, broken);
    if (result.failure() == null) {
      return;
    }
    checkFailure(result, result.failure(), broken);
    boolean closed =
        !shed && breakers.allWereClosed(result.call().wiring().name(), result.from(), result.to());
    Duration left = result.call().time().minus(result.elapsed());
    boolean affordable = result.call().wiring() != Wiring.PROXY_FIRST; // It has a small budget.
    if (closed && affordable && mayGoOn(result) && left.compareTo(ENOUGH) >= 0) {
      broken.accept("gave up with attempts and " + left.toMillis() + " ms left");
    }
    if (closed
        && result.call().wiring() == Wiring.STEADY_DOMAIN
        && result.call().isRepeatable()
        && result.call().time().equals(PlannedCall.CALL_TIME)
        && !excuse.isStalled(result)) {
      broken.accept("failed although it may be repeated and its custom domain was well");
    }
  }

  private static void checkFailure(CallResult result, Throwable failure, Consumer<String> broken) {
    if (!NAMED.contains(failure.getClass())) {
      broken.accept("not a failure that these faults cause");
    }
    boolean unsent = result.attempts().isEmpty();
    if (failure instanceof CircuitOpenException ? !unsent : unsent && !waitedForAPlace(result)) {
      broken.accept("an open breaker is what a call without any attempt fails by, and no other");
    }
    if (failure.getSuppressed().length != Math.max(0, result.attempts().size() - 1)) {
      broken.accept("told " + failure.getSuppressed().length + " earlier failures");
    }
  }

  /** All its time, as on a machine that stalls. */
  private static boolean waitedForAPlace(CallResult result) {
    return result.failure() instanceof WorkerTimeoutException
        && result.elapsed().compareTo(result.call().time()) >= 0;
  }

  /** A call that may not run twice is sent on only after the proof that it did not run. */
  private static void checkAttempts(CallResult result, Consumer<String> broken) {
    List<Attempt> attempts = result.attempts();
    if (attempts.size() > MOST_ATTEMPTS) {
      broken.accept("made " + attempts.size() + " attempts");
    }
    for (int i = 0; i < attempts.size() - 1; i++) {
      if (attempts.get(i).failure() == null && attempts.stream().noneMatch(Attempt::isHedge)) {
        broken.accept("was sent on after an answer");
      }
      if (!result.call().isRepeatable() && attempts.get(i).delivery() != Delivery.NOT_DELIVERED) {
        broken.accept("a POST was sent on after " + attempts.get(i));
      }
    }
  }

  private static boolean mayGoOn(CallResult result) {
    List<Attempt> attempts = result.attempts();
    return attempts.isEmpty()
        || (attempts.size() < MOST_ATTEMPTS
            && (result.call().isRepeatable()
                || attempts.get(attempts.size() - 1).delivery() == Delivery.NOT_DELIVERED));
  }
}

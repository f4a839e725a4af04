package dev.workerclient.internal.call;

import dev.workerclient.internal.call.CallPath.Resilience;
import dev.workerclient.internal.call.Latencies.Latency;
import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.classify.table.FailureKind;
import dev.workerclient.internal.http.Outcome;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long an attempt on one route may take: attemptTimeout, or less if that is far longer than
 * usual and the call can use the time better. Thread-safe.
 */
final class AttemptLimit implements BooleanSupplier {
  /** Always attemptTimeout. */
  static final AttemptLimit FIXED = new AttemptLimit(null, false, null);

  private final @Nullable Latencies latencies;
  private final boolean hasOtherRoute;

  /** Pays for the attempt that follows one that was cut short; null if none is. */
  private final @Nullable RetryBudget budget;

  private AttemptLimit(
      @Nullable Latencies latencies, boolean hasOtherRoute, @Nullable RetryBudget budget) {
    this.latencies = latencies;
    this.hasOtherRoute = hasOtherRoute;
    this.budget = budget;
  }

  static AttemptLimit of(
      @Nullable Latencies latencies, boolean hasOtherRoute, Resilience resilience) {
    return latencies == null
        ? FIXED
        : new AttemptLimit(
            latencies, hasOtherRoute, resilience.shortens() ? resilience.budget() : null);
  }

  /** What is usual for the call, or null if nobody asks or it may not be repeated. */
  @Nullable Latency usual(Call call) {
    boolean counts = call.spec.repeatable() && call.spec.upgrade() == null;
    return latencies != null && counts ? latencies.of(call.spec) : null;
  }

  /**
   * How many nanoseconds the attempt that begins may take, but for the call's deadline. It is less
   * than attemptTimeout only if the whole of that is left for another attempt afterwards, and the
   * retry budget has the tokens: so no call fails that would have been answered.
   *
   * @param usual what {@link #usual} gave
   * @param most attemptTimeout
   */
  long nanos(Call call, @Nullable Latency usual, long most) {
    if (usual == null || budget == null || usual.limit >= most) {
      return most;
    }
    boolean another =
        !call.hedge
            && !call.hedged
            && call.mayAttemptTwice()
            && call.spec.canBeSentAgain()
            && (hasOtherRoute || call.retry.repeats())
            && call.nanosLeft() - usual.limit >= most
            && budget.mayHelpSlowCall();
    return another ? usual.limit : most;
  }

  /** Asked when a limit below attemptTimeout is over: whether the budget pays for what follows. */
  @Override
  public boolean getAsBoolean() {
    return budget != null && budget.takeToEndSlowAttempt();
  }

  /**
   * Notes how long an attempt took, and says in its failure why that was so little.
   *
   * @param usual what {@link #usual} gave
   * @param nanos how long it took
   * @param limit what {@link #nanos} gave
   * @param most attemptTimeout
   */
  Outcome ended(
      Call call, @Nullable Latency usual, Outcome outcome, long nanos, long limit, long most) {
    call.overdue = false;
    if (usual == null) {
      return outcome;
    }
    if (outcome instanceof Outcome.Answered) {
      call.overdue = nanos > usual.limit;
      if (call.shortened && !call.overdue && budget != null) {
        budget.helped();
      }
      usual.add(nanos);
    } else if (outcome instanceof Outcome.Failed failed) {
      Failure failure = failed.failure();
      if (failure.kind() == FailureKind.WORKER_TIMEOUT && failure.isOfAttemptsTime()) {
        usual.add(nanos);
        call.overdue = limit < nanos && nanos < most;
        return call.overdue ? shortened(call, failed, nanos) : outcome;
      }
      if (failure.kind() == FailureKind.WORKER_CANCELLED && call.cancellation.isOutrun()) {
        call.overdue = nanos >= usual.usual;
        if (call.overdue) {
          usual.add(usual.usual); // Or longer; to count how long it ran would prolong the next one.
        }
        return saying(failed, "another route answered first");
      }
    }
    return outcome;
  }

  private Outcome shortened(Call call, Outcome.Failed failed, long nanos) {
    call.shortened = true;
    call.prepaid = true;
    if (budget != null) {
      budget.didNotHelp(); // Unless the next attempt is answered.
    }
    return saying(failed, tooLate(nanos));
  }

  private static String tooLate(long nanos) {
    return "no answer within "
        + TimeUnit.NANOSECONDS.toMillis(nanos)
        + " ms, "
        + Latency.FAR
        + " times the latency of 99 % of responses, before attemptTimeout";
  }

  private static Outcome saying(Outcome.Failed failed, String summary) {
    return new Outcome.Failed(failed.failure().summarized(summary), failed.exchanges());
  }
}

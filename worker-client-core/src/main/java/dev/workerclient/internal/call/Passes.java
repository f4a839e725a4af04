package dev.workerclient.internal.call;

import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.http.Outcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Retries: passes through the chain, with a wait between, for as long as attempts, deadline, budget
 * and the resend rule allow.
 */
final class Passes implements Sender {
  private final Sender chain;
  private final Resilience resilience;

  Passes(Sender chain, Resilience resilience) {
    this.chain = chain;
    this.resilience = resilience;
  }

  @Override
  public Outcome send(Call call) {
    Outcome outcome = chain.send(call);
    Failure reason = reasonToRepeat(call, outcome);
    if (reason == null) {
      return endedAtOnce(call, outcome);
    }
    RetryCount count = new RetryCount(call);
    while (reason != null) {
      Duration wait = waitFor(call, reason, count);
      int cost = wait == null ? -1 : resilience.budget().take(reason);
      if (wait == null || cost < 0) {
        return outcome;
      }
      long then = call.nanoTime();
      resilience.sleeper().sleep(wait, call.cancellation());
      call.waited(then, wait);
      Failure stop = Pause.stop(call);
      Outcome next = stop == null ? chain.send(call) : new Outcome.Failed(stop, 0);
      if (stop != null || BreakerGate.isClosedTo(next)) {
        resilience.budget().giveBack(cost); // Nothing was sent.
      }
      if (BreakerGate.isClosedTo(next)) {
        return outcome;
      }
      release(outcome);
      outcome = next;
      reason = reasonToRepeat(call, outcome);
    }
    count.ended(outcome);
    return outcome;
  }

  /** What the call may be sent again for, or null where the outcome is final. */
  private @Nullable Failure reasonToRepeat(Call call, Outcome outcome) {
    if (!call.options().retry().repeats()
        || !call.mayAttempt()
        || Pause.stop(call) != null
        || BreakerGate.isClosedTo(outcome)
        || !call.outgoing().canBeSent()) {
      return null;
    }
    if (outcome instanceof Outcome.Answered answer) {
      Duration wait = ThrottledAnswer.wait(call, answer, resilience.clock());
      return wait == null ? null : ThrottledAnswer.failure(answer, wait);
    }
    Failure failure = ((Outcome.Failed) outcome).failure();
    boolean safe = ResendRule.isSafe(failure.delivery(), call.isRepeatable());
    return safe && call.waitForRoute(0) >= 0 ? call.lastTransient(failure) : null;
  }

  /** The wait before the next pass, or null if there is none. */
  private @Nullable Duration waitFor(Call call, Failure reason, RetryCount count) {
    if (!Pause.leavesTimeAfter(call, Duration.ofNanos(call.waitForRoute(0)))) {
      return null;
    }
    long backoff = count.failed(reason);
    if (backoff < 0) {
      return null;
    }
    Duration wait = Duration.ofNanos(call.waitForRoute(Duration.ofMillis(backoff).toNanos()));
    return Pause.leavesTimeAfter(call, wait) ? wait : null;
  }

  private Outcome endedAtOnce(Call call, Outcome outcome) {
    if (outcome instanceof Outcome.Answered answer
        && answer.status() < 500
        && answer.status() != 429
        && call.wentOnForFree()) {
      resilience.budget().succeeded();
    }
    if (call.options().retry().watched()) {
      new RetryCount(call).ended(outcome);
    }
    return outcome;
  }

  /** Lets an answer go that the caller will not see. */
  private static void release(Outcome outcome) {
    if (outcome instanceof Outcome.Answered answer && answer.stream() != null) {
      answer.stream().close();
    }
  }
}

package dev.workerclient.internal.call;

import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.http.Outcome;
import io.github.resilience4j.retry.Retry;
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
      return succeeded(call, outcome);
    }
    RetryCount count = RetryCount.of(call);
    while (reason != null) {
      Duration wait = waitFor(call, reason, count);
      if (wait == null) {
        return outcome;
      }
      release(outcome);
      long then = call.nanoTime();
      resilience.sleeper().sleep(wait, call.cancellation());
      call.waited(then, wait);
      Failure stop = Pause.stop(call);
      if (stop != null) {
        return new Outcome.Failed(stop, 0);
      }
      Outcome next = chain.send(call);
      if (BreakerGate.isClosedTo(next)) {
        return outcome;
      }
      outcome = next;
      reason = reasonToRepeat(call, outcome);
    }
    if (outcome instanceof Outcome.Answered) {
      count.succeeded();
    }
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
    return safe && call.waitForRoute(0) >= 0 ? failure : null;
  }

  /** The wait before the next pass, or null where there is none. */
  private @Nullable Duration waitFor(Call call, Failure reason, RetryCount count) {
    long backoff = count.failed(reason);
    if (backoff < 0) {
      return null;
    }
    Duration wait = Duration.ofNanos(call.waitForRoute(Duration.ofMillis(backoff).toNanos()));
    boolean may = Pause.leavesTimeAfter(call, wait) && resilience.budget().take(reason) >= 0;
    return may ? wait : null;
  }

  private Outcome succeeded(Call call, Outcome outcome) {
    if (outcome instanceof Outcome.Answered answer) {
      if (answer.status() < 500 && answer.status() != 429 && call.isFirstAttempt()) {
        resilience.budget().succeeded();
      }
      RetryPolicy policy = call.options().retry();
      if (policy.watched()) {
        policy.retry().asyncContext().onComplete();
      }
    }
    return outcome;
  }

  /** Lets an answer go that the caller will not see. */
  private static void release(Outcome outcome) {
    if (outcome instanceof Outcome.Answered answer && answer.stream() != null) {
      answer.stream().close();
    }
  }

  /** resilience4j's count of one call's attempts. */
  private record RetryCount(Call call, Retry.AsyncContext<Outcome> context) {
    static RetryCount of(Call call) {
      return new RetryCount(call, call.options().retry().retry().asyncContext());
    }

    /** The wait in milliseconds, or less than 0 where the attempts are used up. */
    long failed(Failure failure) {
      boolean watched = call.options().retry().watched();
      return context.onError(
          watched ? FailureReport.exception(call, failure) : new UnseenException());
    }

    void succeeded() {
      context.onComplete();
    }
  }
}

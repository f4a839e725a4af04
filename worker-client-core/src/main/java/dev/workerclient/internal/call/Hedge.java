package dev.workerclient.internal.call;

import dev.workerclient.error.Attempt;
import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.http.Outcome;
import dev.workerclient.internal.http.UserCode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The second request of one call, by the next route, beside the first one that takes longer than
 * usual. It runs on a thread of its own; the caller's joins it.
 */
final class Hedge implements Runnable {
  /** How long the end of a hedge is waited for that was told to stop. */
  private static final Duration LAST = Duration.ofMillis(20);

  private final HedgedRoute way;
  private final Call call;

  private long start;
  private int number;
  private @Nullable Call second;
  private @Nullable Outcome outcome;

  private boolean firstEnded;

  /** Whether this one's answer is the call's. */
  private boolean won;

  /** Whether nobody takes its outcome any more. */
  private boolean abandoned;

  Hedge(HedgedRoute way, Call call) {
    this.way = way;
    this.call = call;
  }

  /** Sends the call by the next route, if that is healthy and the retry budget pays. */
  @Override
  public void run() {
    Call own = begin();
    if (own != null) {
      call.cancellation.hedgedBy(own.cancellation);
      end(send(own));
    }
  }

  private synchronized @Nullable Call begin() {
    boolean wanted = !firstEnded && !call.cancellation.isCancelled();
    if (!wanted
        || !way.nextRoute.isHealthy()
        || !way.resilience.budget().takeForHedge(way.policy.cost())) {
      return null;
    }
    start = call.nanoTime();
    second = call.hedge();
    number = second.number();
    return second;
  }

  private Outcome send(Call own) {
    try {
      return way.next.send(own);
    } catch (Throwable e) {
      return new Outcome.Failed(CallFailures.threw(UserCode.threw(e)), 0);
    }
  }

  private void end(Outcome ended) {
    synchronized (this) {
      if (!abandoned) {
        outcome = ended;
        won = !firstEnded && isFinal(ended);
        if (won) {
          call.cancellation.outrun();
        } else {
          call.cancellation.wake();
        }
        return;
      }
    }
    ResendLoop.release(ended);
  }

  /** Whether the answer is as good as another route's would be: neither an error nor "not now". */
  private static boolean isFinal(@Nullable Outcome outcome) {
    return outcome instanceof Outcome.Answered answer
        && switch (answer.status()) {
          case 408, 409, 425, 429 -> false;
          default -> answer.status() < 500;
        };
  }

  /** Takes the call back to the caller's thread, and returns which of the two outcomes counts. */
  Outcome join(Outcome first) {
    Call own;
    boolean decided;
    synchronized (this) {
      firstEnded = true;
      own = second;
      decided = won || isFinal(first) || call.cancellation.isCancelled();
    }
    if (own == null) {
      return first;
    }
    if (!decided) {
      await(call.nanosLeft());
    }
    if (!hasEnded()) {
      own.cancellation.outrun();
      await(LAST.toNanos());
    }
    return take(own, first);
  }

  private void await(long nanos) {
    long end = call.nanoTime() + nanos;
    while (true) {
      call.cancellation.rest();
      long left = end - call.nanoTime();
      if (hasEnded() || left <= 0 || call.isStopped()) {
        return;
      }
      way.resilience.sleeper().sleep(Duration.ofNanos(left), call.cancellation);
    }
  }

  private synchronized boolean hasEnded() {
    return outcome != null;
  }

  private Outcome take(Call own, Outcome first) {
    Outcome other;
    synchronized (this) {
      other = outcome;
      abandoned = other == null;
    }
    call.cancellation.rest();
    if (other == null) {
      Failure failure = CallFailures.abandoned();
      call.abandon(unfinished(failure), failure);
      return first;
    }
    boolean takesOther =
        other instanceof Outcome.Answered
            && (won || (!isFinal(first) && (isFinal(other) || first instanceof Outcome.Failed)));
    call.merge(own, takesOther);
    way.ended(call, takesOther, own.nanosOfAttempts);
    if (takesOther) {
      ResendLoop.release(first);
      return other;
    }
    ResendLoop.release(other);
    if (other instanceof Outcome.Failed failed && first instanceof Outcome.Failed) {
      call.plan(way.routes)
          .hedgeFailed(way.nextIndex, failed.failure(), call.nanoTime(), way.resilience.random());
    }
    return first;
  }

  /** Lets go of a hedge whose caller is gone. */
  void abandon() {
    Outcome ended;
    Call own;
    synchronized (this) {
      firstEnded = true;
      abandoned = true;
      ended = outcome;
      own = second;
    }
    if (own != null) {
      own.cancellation.outrun();
    }
    if (ended != null) {
      ResendLoop.release(ended);
    }
  }

  private Attempt unfinished(Failure failure) {
    return Attempt.builder(way.nextRoute.route().name())
        .number(number)
        .hedge(true)
        .elapsed(Duration.ofNanos(call.nanoTime() - start))
        .delivery(failure.delivery())
        .failure(failure.kind().name(), failure.summary())
        .build();
  }
}

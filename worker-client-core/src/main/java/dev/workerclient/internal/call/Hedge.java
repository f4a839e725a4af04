package dev.workerclient.internal.call;

import dev.workerclient.error.Attempt;
import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.http.Outcome;
import dev.workerclient.internal.http.UserCode;
import dev.workerclient.internal.http.Watchdog;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The second request of one call, by the next route, beside the first one that takes longer than
 * usual. It runs on a thread of its own; the caller's joins it.
 */
final class Hedge extends Watchdog.Timer {
  /** How long the end of a hedge is waited for that was told to stop. */
  private static final Duration LAST = Duration.ofMillis(20);

  private final HedgedRoute way;
  private final Call call;

  // What follows is guarded by this.
  /** Null until it is sent. */
  private @Nullable Request request;

  private boolean firstEnded;

  /** Whether nobody takes its outcome any more. */
  private boolean abandoned;

  /** The second request; it is guarded by its hedge. */
  private static final class Request {
    final Call call;
    final int number;
    final long start;
    @Nullable Outcome outcome;

    /** Whether this one's answer is the call's. */
    boolean won;

    Request(Call call, long start) {
      this.call = call;
      this.number = call.number();
      this.start = start;
    }
  }

  /** Makes one that is sent at that time of the call's clock, unless it is stopped. */
  Hedge(HedgedRoute way, Call call, long due) {
    super(due);
    this.way = way;
    this.call = call;
  }

  /** Sends the call by the next route, if that is healthy and the retry budget pays. */
  @Override
  protected void fire() {
    Request own = begin();
    if (own != null) {
      call.cancellation.hedgedBy(own.call.cancellation);
      end(own, send(own.call));
    }
  }

  private synchronized @Nullable Request begin() {
    boolean wanted = !firstEnded && !call.cancellation.isCancelled();
    if (!wanted
        || !way.nextRoute.isHealthy()
        || !way.resilience.budget().takeForHedge(way.policy.cost())) {
      return null;
    }
    request = new Request(call.hedge(), call.nanoTime());
    return request;
  }

  private Outcome send(Call own) {
    try {
      return way.next.send(own);
    } catch (Throwable e) {
      return new Outcome.Failed(CallFailures.threw(UserCode.threw(e)), 0);
    }
  }

  private void end(Request own, Outcome ended) {
    synchronized (this) {
      if (!abandoned) {
        own.outcome = ended;
        own.won = !firstEnded && isFinal(ended);
        if (own.won) {
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
    Request own;
    boolean decided;
    synchronized (this) {
      firstEnded = true;
      own = request;
      if (own == null) {
        return first;
      }
      decided = own.won || isFinal(first) || call.cancellation.isCancelled();
    }
    if (!decided) {
      await(own, call.nanosLeft());
    }
    if (!hasEnded(own)) {
      own.call.cancellation.outrun();
      await(own, LAST.toNanos());
    }
    return take(own, first);
  }

  private void await(Request own, long nanos) {
    long end = call.nanoTime() + nanos;
    while (true) {
      call.cancellation.rest();
      long left = end - call.nanoTime();
      if (hasEnded(own) || left <= 0 || call.isStopped()) {
        return;
      }
      way.resilience.sleeper().sleep(Duration.ofNanos(left), call.cancellation);
    }
  }

  private synchronized boolean hasEnded(Request own) {
    return own.outcome != null;
  }

  private Outcome take(Request own, Outcome first) {
    Outcome other;
    boolean won;
    synchronized (this) {
      other = own.outcome;
      won = own.won;
      abandoned = other == null;
    }
    call.cancellation.rest();
    if (other == null) {
      Failure failure = CallFailures.abandoned();
      call.abandon(unfinished(own, failure), failure);
      return first;
    }
    boolean takesOther =
        other instanceof Outcome.Answered
            && (won || (!isFinal(first) && (isFinal(other) || first instanceof Outcome.Failed)));
    call.merge(own.call, takesOther);
    way.ended(call, takesOther, own.call.nanosOfAttempts());
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
    Request own;
    Outcome ended;
    synchronized (this) {
      firstEnded = true;
      abandoned = true;
      own = request;
      ended = own == null ? null : own.outcome;
    }
    if (own != null) {
      own.call.cancellation.outrun();
    }
    if (ended != null) {
      ResendLoop.release(ended);
    }
  }

  private Attempt unfinished(Request own, Failure failure) {
    return Attempt.builder(way.nextRoute.route().name())
        .number(own.number)
        .hedge(true)
        .elapsed(Duration.ofNanos(call.nanoTime() - own.start))
        .delivery(failure.delivery())
        .failure(failure.kind().name(), failure.summary())
        .build();
  }
}

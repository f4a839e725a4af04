package dev.workerclient.internal.call;

import dev.workerclient.error.Delivery;
import dev.workerclient.internal.call.Next.Move;
import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.classify.table.FailureKind;
import dev.workerclient.internal.http.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sends a call by its routes in order, and through them again after a wait, as {@link ResendPolicy}
 * says and the retry budget allows. Thread-safe.
 */
final class ResendLoop implements Sender {
  private final List<Sender> routes;
  private final Resilience resilience;

  ResendLoop(List<Sender> routes, Resilience resilience) {
    this.routes = List.copyOf(routes);
    this.resilience = resilience;
  }

  @Override
  public Outcome send(Call call) {
    Outcome outcome = pass(call);
    Next next = afterPass(call, outcome);
    if (next.move() != Move.ANOTHER_PASS) {
      return endedAtOnce(call, outcome);
    }
    RetryPolicy.Count count = call.retry().count(call);
    while (next.move() == Move.ANOTHER_PASS) {
      Duration wait = waitForPass(call, outcome, count);
      int paid = wait == null ? -1 : resilience.budget().take(next.cost());
      if (wait == null || paid < 0) {
        return outcome;
      }
      long then = call.nanoTime();
      resilience.sleeper().sleep(wait, call.cancellation());
      call.waited(then, wait);
      Failure stop = Pause.stop(call);
      Outcome again = stop == null ? pass(call) : new Outcome.Failed(stop, 0);
      if (stop != null || again instanceof Outcome.Skipped) {
        resilience.budget().giveBack(paid); // Nothing was sent.
      }
      if (again instanceof Outcome.Skipped) {
        return outcome;
      }
      release(outcome);
      outcome = again;
      next = afterPass(call, outcome);
    }
    count.ended(outcome);
    return outcome;
  }

  /**
   * Asks the routes in order; the outcome is the last attempt's. Skipped only if there was none.
   */
  private Outcome pass(Call call) {
    call.throttledFor(null);
    Outcome.Failed failed = null;
    Outcome.Skipped skipped = null;
    for (int route = 0; route < routes.size(); route++) {
      if (!call.allows(route)) {
        continue;
      }
      int paid = 0;
      if (failed != null) {
        Next next = ResendPolicy.after(call.between(true), failed.failure(), failed.failure());
        if (next.move() == Move.STOPPED) {
          return new Outcome.Failed(Pause.cancelled(), 0);
        }
        paid = next.move() == Move.OTHER_ROUTE ? resilience.budget().take(next.cost()) : -1;
        if (paid < 0) {
          return failed;
        }
      }
      Outcome outcome = routes.get(route).send(call);
      if (outcome instanceof Outcome.Skipped unsent) {
        resilience.budget().giveBack(paid);
        call.plan(routes.size()).skip(route);
        skipped = skipped == null ? unsent : skipped.and(unsent);
      } else if (outcome instanceof Outcome.Failed last) {
        call.plan(routes.size())
            .failed(route, last.failure(), call.nanoTime(), resilience.random());
        failed = last;
      } else {
        noteThrottle(call, route, (Outcome.Answered) outcome);
        return outcome;
      }
    }
    return failed == null ? Objects.requireNonNull(skipped, "a pass without a route") : failed;
  }

  private void noteThrottle(Call call, int route, Outcome.Answered answer) {
    Duration wait = ResendPolicy.throttle(answer, call.spec().repeatable(), resilience.clock());
    if (wait != null) {
      call.throttledFor(wait);
      call.plan(routes.size()).throttled(route, wait, call.nanoTime(), resilience.random());
    }
  }

  private Next afterPass(Call call, Outcome outcome) {
    if (outcome instanceof Outcome.Failed failed) {
      Failure failure = failed.failure();
      return ResendPolicy.after(call.between(false), failure, call.lastTransient(failure));
    }
    return call.throttle() == null
        ? Next.DONE
        : ResendPolicy.afterAnswer(call.between(false), true);
  }

  /** The wait before the next pass, or null if there is none. */
  private @Nullable Duration waitForPass(Call call, Outcome outcome, RetryPolicy.Count count) {
    long backoff = count.failed(reason(call, outcome));
    if (backoff < 0) {
      return null;
    }
    long wait = call.waitForRoute(Duration.ofMillis(backoff).toNanos());
    return ResendPolicy.leavesTimeAfter(call.between(false), wait) ? Duration.ofNanos(wait) : null;
  }

  /** What is counted; an answer counts as a failure that its caller never sees. */
  private Failure reason(Call call, Outcome outcome) {
    if (outcome instanceof Outcome.Failed failed) {
      return call.lastTransient(failed.failure());
    }
    Outcome.Answered answer = (Outcome.Answered) outcome;
    return Failure.builder(
            FailureKind.RATE_LIMITED,
            "the target answered HTTP " + answer.status() + " with Retry-After")
        .response(answer.status(), null, call.throttle())
        .delivery(Delivery.DELIVERED, "the target answered")
        .helps(true, false)
        .build();
  }

  private Outcome endedAtOnce(Call call, Outcome outcome) {
    if (outcome instanceof Outcome.Answered answer && call.wentOnForFree()) {
      int status = answer.status();
      if (status < 500 && status != 429) {
        resilience.budget().succeeded();
      }
    }
    if (call.retry().watched()) {
      call.retry().count(call).ended(outcome);
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

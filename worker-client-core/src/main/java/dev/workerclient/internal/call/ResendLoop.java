package dev.workerclient.internal.call;

import dev.workerclient.error.Delivery;
import dev.workerclient.internal.call.CallPath.Resilience;
import dev.workerclient.internal.call.CallPath.Sender;
import dev.workerclient.internal.call.CallPath.Sleeper;
import dev.workerclient.internal.call.ResendPolicy.Move;
import dev.workerclient.internal.call.ResendPolicy.Next;
import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.classify.table.FailureKind;
import dev.workerclient.internal.http.Outcome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends a call by its routes in order, and through them again after a wait, as {@link ResendPolicy}
 * says and the retry budget allows. Thread-safe.
 */
final class ResendLoop implements Sender {
  private final List<Sender> routes;
  private final RetryBudget budget;
  private final Sleeper sleeper;
  private final InstantSource clock;
  private final DoubleSupplier random;

  ResendLoop(List<Sender> routes, Resilience resilience) {
    this.routes = List.copyOf(routes);
    this.budget = resilience.budget();
    this.sleeper = resilience.sleeper();
    this.clock = resilience.clock();
    this.random = resilience.random();
  }

  @Override
  public Outcome send(Call call) {
    Outcome outcome = pass(call);
    Next next = afterPass(call, outcome);
    if (next.move() == Move.DONE) {
      return endedAtOnce(call, outcome);
    }
    RetryPolicy.Count count = call.retry.count(call);
    while (next.move() == Move.ANOTHER_PASS) {
      Duration wait = waitForPass(call, outcome, count);
      int paid = wait == null ? -1 : take(call, next.cost());
      if (wait == null || paid < 0) {
        return outcome;
      }
      long then = call.nanoTime();
      sleeper.sleep(wait, call.cancellation);
      call.waited(then, wait);
      boolean stopped = call.isStopped();
      Outcome again = stopped ? new Outcome.Failed(CallFailures.cancelled(), 0) : pass(call);
      if (stopped || again instanceof Outcome.Skipped) {
        budget.giveBack(paid); // Nothing was sent.
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
    call.throttle = null;
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
          return new Outcome.Failed(CallFailures.cancelled(), 0);
        }
        paid = next.move() == Move.OTHER_ROUTE ? take(call, next.cost()) : -1;
        if (paid < 0) {
          return failed;
        }
      }
      Outcome outcome = routes.get(route).send(call);
      if (outcome instanceof Outcome.Answered answer) {
        Duration wait = ResendPolicy.throttle(answer, call.spec.repeatable(), clock);
        if (wait != null) {
          call.throttle = wait;
          call.plan(routes.size()).throttled(route, wait, call.nanoTime(), random);
        }
        return answer;
      }
      if (outcome instanceof Outcome.Skipped unsent) {
        budget.giveBack(paid);
        call.plan(routes.size()).skip(route);
        skipped = skipped == null ? unsent : skipped.and(unsent);
      } else {
        failed = (Outcome.Failed) outcome;
        call.plan(routes.size()).failed(route, failed.failure(), call.nanoTime(), random);
      }
    }
    return failed == null ? Objects.requireNonNull(skipped, "a pass without a route") : failed;
  }

  private int take(Call call, RetryBudget.Cost cost) {
    boolean prepaid = call.prepaid;
    call.prepaid = false;
    return prepaid ? 0 : budget.take(cost);
  }

  /** Another pass, or the end. */
  private static Next afterPass(Call call, Outcome outcome) {
    if (outcome instanceof Outcome.Failed failed) {
      Failure failure = failed.failure();
      return ResendPolicy.after(call.between(false), failure, call.lastTransient(failure));
    }
    return call.throttle == null ? Next.DONE : ResendPolicy.afterThrottle(call.between(false));
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
  private static Failure reason(Call call, Outcome outcome) {
    if (outcome instanceof Outcome.Failed failed) {
      return call.lastTransient(failed.failure());
    }
    Outcome.Answered answer = (Outcome.Answered) outcome;
    return Failure.builder(
            FailureKind.RATE_LIMITED,
            "the target answered HTTP " + answer.status() + " with Retry-After")
        .response(answer.status(), null, call.throttle)
        .delivery(Delivery.DELIVERED, "the target answered")
        .helps(true, false)
        .build();
  }

  private Outcome endedAtOnce(Call call, Outcome outcome) {
    if (outcome instanceof Outcome.Answered answer && call.wentOnForFree()) {
      int status = answer.status();
      if (status < 500 && status != 429) {
        budget.succeeded();
      }
    }
    if (call.retry.watched()) {
      call.retry.count(call).ended(outcome);
    }
    return outcome;
  }

  /** Lets an answer go that the caller will not see. */
  static void release(Outcome outcome) {
    if (outcome instanceof Outcome.Answered answer && answer.stream() != null) {
      answer.stream().close();
    }
  }
}

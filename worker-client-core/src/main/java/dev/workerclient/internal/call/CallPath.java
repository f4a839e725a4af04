package dev.workerclient.internal.call;

import dev.workerclient.error.Delivery;
import dev.workerclient.error.WorkerException;
import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.classify.table.FailureKind;
import dev.workerclient.internal.http.Outcome;
import dev.workerclient.internal.http.Transport;
import dev.workerclient.internal.http.UserCode;
import dev.workerclient.internal.route.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The way of every call of one service, put together for the first of them. Thread-safe. */
public final class CallPath {
  private static final int ONE_RESEND = 1;

  private final Supplier<Sender> assembly;
  private volatile @Nullable Sender made;

  private CallPath(Supplier<Sender> assembly) {
    this.assembly = assembly;
  }

  /** The way over these routes, in order. */
  public static CallPath of(List<GuardedRoute> routes, Transport transport, Resilience resilience) {
    return new CallPath(() -> assemble(routes, transport, resilience));
  }

  /**
   * Puts the way together. Read from the last line up, it is what a call goes through:
   *
   * <pre>
   * call: deadline, cancellation, observer
   *   resend loop: the routes in order, and again after a wait; the policy says whether
   *     breaker of the route
   *       visit: once more at once after a dead connection or an old credential
   *         attempt: request, transport, classifier
   * </pre>
   */
  private static Sender assemble(
      List<GuardedRoute> routes, Transport transport, Resilience resilience) {
    List<Sender> chain = new ArrayList<>(routes.size());
    for (GuardedRoute guarded : routes) {
      Sender visit = RouteVisit.of(guarded.route(), transport, resilience.budget());
      chain.add(BreakerGate.of(guarded, routes, visit));
    }
    return new ResendLoop(chain, resilience);
  }

  /**
   * The way of what is asked beside users' calls, by one route alone: past its breaker, without
   * retries, and at no cost to the service's budget.
   */
  public static CallPath unguarded(Route route, Transport transport) {
    RetryBudget budget = new RetryBudget(ONE_RESEND, ONE_RESEND, ONE_RESEND);
    return new CallPath(() -> RouteVisit.of(route, transport, budget));
  }

  private Sender way() {
    Sender way = made;
    return way == null ? make() : way;
  }

  private synchronized Sender make() {
    Sender way = made;
    if (way == null) {
      way = assembly.get();
      made = way;
    }
    return way;
  }

  /**
   * Runs the call on this thread and returns the answer.
   *
   * @throws WorkerException if the last attempt failed, or none could be made
   */
  public Outcome.Answered run(Call call) {
    if (call.isObserved()) {
      call.observer().started();
    }
    Outcome outcome;
    try {
      outcome = send(call);
    } catch (Throwable e) {
      // Application code that runs on the way threw what nobody expects.
      outcome = threw(UserCode.threw(e));
    }
    if (outcome instanceof Outcome.Answered answered) {
      call.ended(null);
      return answered;
    }
    if (outcome instanceof Outcome.Skipped skipped) {
      outcome = Refusal.of(skipped);
    }
    WorkerException failure = FailureReport.exception(call, ((Outcome.Failed) outcome).failure());
    call.ended(failure);
    throw failure;
  }

  private static Outcome threw(Throwable thrown) {
    return new Outcome.Failed(
        Failure.builder(
                FailureKind.WORKER_CALL,
                "code within the call threw " + thrown.getClass().getName())
            .diagnosis("code of the application failed", "see the exception's cause")
            .delivery(Delivery.UNKNOWN, "the call was under way")
            .exception(thrown)
            .build(),
        0);
  }

  /** Sends the call and says how that ended, which the observer is not told. */
  public Outcome send(Call call) {
    Failure reason = Pause.beforeFirst(call);
    return reason == null ? way().send(call) : new Outcome.Failed(reason, 0);
  }
}

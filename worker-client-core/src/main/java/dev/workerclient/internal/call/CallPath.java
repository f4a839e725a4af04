package dev.workerclient.internal.call;

import dev.workerclient.error.WorkerException;
import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.http.Outcome;
import dev.workerclient.internal.http.Transport;
import dev.workerclient.internal.route.Route;
import java.util.ArrayList;
import java.util.List;

/** The way of every call of one service. Immutable and thread-safe. */
public final class CallPath {
  private final Sender way;

  private CallPath(Sender way) {
    this.way = way;
  }

  /**
   * Puts the way together. Read from the last line up, it is what a call goes through:
   *
   * <pre>
   * call: deadline, cancellation
   *   (retries: passes through the chain, with their budget)
   *     chain: the routes in order, under the resend rule
   *       (breaker of the route)
   *         credential read anew after a 401 of the binding proxy
   *           another connection after a dead one
   *             one attempt: request, transport, classifier
   * </pre>
   */
  public static CallPath assemble(List<Route> routes, Transport transport) {
    List<Sender> chain = new ArrayList<>(routes.size());
    for (Route route : routes) {
      Sender attempt = new SingleAttempt(route, transport);
      Sender connected = new FreshConnection(attempt);
      Sender refreshed = RefreshedCredential.of(route, connected);
      chain.add(refreshed);
    }
    return new CallPath(Chain.of(chain));
  }

  /**
   * Runs the call on this thread and returns the answer.
   *
   * @throws WorkerException if the last attempt failed, or none could be made
   */
  public Outcome.Answered run(Call call) {
    Failure reason = Pause.beforeFirst(call);
    Outcome outcome = reason == null ? way.send(call) : new Outcome.Failed(reason, 0);
    if (outcome instanceof Outcome.Answered answered) {
      return answered;
    }
    throw FailureReport.exception(call, ((Outcome.Failed) outcome).failure());
  }
}

package dev.workerclient.internal.call;

import dev.workerclient.error.Delivery;
import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.http.Outcome;

/**
 * After a pooled connection turned out to be dead, or refused the request unprocessed, sends once
 * more at once: what OkHttp would do by itself, but under the resend rule and the budget.
 */
final class FreshConnection implements Sender {
  private final Sender delegate;
  private final RetryBudget budget;

  FreshConnection(Sender delegate, RetryBudget budget) {
    this.delegate = delegate;
    this.budget = budget;
  }

  @Override
  public Outcome send(Call call) {
    Outcome outcome = delegate.send(call);
    return outcome instanceof Outcome.Failed failed && mayGoAgain(call, failed.failure())
        ? delegate.send(call)
        : outcome;
  }

  private boolean mayGoAgain(Call call, Failure failure) {
    return failure.freshConnectionHelps()
        && ResendRule.isSafe(failure.delivery(), call.isRepeatable())
        && Pause.allowsAnotherAttempt(call)
        && (failure.delivery() == Delivery.NOT_DELIVERED || budget.take(failure) >= 0);
  }
}

package dev.workerclient.internal.call;

import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.http.Outcome;
import io.github.resilience4j.retry.Retry;

/** resilience4j's count of one call's attempts, and its events. Used by one thread at a time. */
final class RetryCount {
  private final Call call;
  private final RetryPolicy policy;
  private final Retry.AsyncContext<Outcome> context;
  private int counted;

  RetryCount(Call call) {
    this.call = call;
    this.policy = call.options().retry();
    this.context = policy.retry().asyncContext();
  }

  /**
   * Counts the attempts since it was asked last, all failed.
   *
   * @return the wait in milliseconds, or less than 0 where the attempts are used up
   */
  long failed(Failure failure) {
    Exception exception =
        policy.watched() ? FailureReport.exception(call, failure) : new UnseenException();
    long first = -1;
    long last = -1;
    while (counted < call.attemptCount()) {
      counted++;
      last = context.onError(exception);
      first = first < 0 ? last : first;
    }
    return last < 0 ? last : first; // Another route was tried without a wait.
  }

  /** Counts the end of the call. */
  void ended(Outcome outcome) {
    if (outcome instanceof Outcome.Failed failed) {
      long unused = failed(failed.failure());
    } else {
      context.onComplete();
    }
  }
}

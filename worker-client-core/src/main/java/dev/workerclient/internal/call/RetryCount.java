package dev.workerclient.internal.call;

import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.http.Outcome;
import dev.workerclient.internal.http.UserCode;
import io.github.resilience4j.retry.Retry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** resilience4j's count of one call's attempts, and its events. Used by one thread at a time. */
final class RetryCount {
  private static final Logger LOGGER = LoggerFactory.getLogger("dev.workerclient");
  private static final String THREW = "an event consumer or predicate of the RetryRegistry threw";

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
      last = onError(exception);
      first = first < 0 ? last : first;
    }
    return last < 0 ? last : first; // Another route was tried without a wait.
  }

  /** Counts the end of the call. */
  void ended(Outcome outcome) {
    if (outcome instanceof Outcome.Failed failed) {
      long unused = failed(failed.failure());
    } else {
      onComplete();
    }
  }

  /** Less than 0 also if code that the user registered throws, which then stops the repeats. */
  private long onError(Exception exception) {
    try {
      return context.onError(exception);
    } catch (Throwable e) {
      LOGGER.warn(THREW, UserCode.threw(e));
      return -1;
    }
  }

  private void onComplete() {
    try {
      context.onComplete();
    } catch (Throwable e) {
      LOGGER.warn(THREW, UserCode.threw(e));
    }
  }
}

package dev.workerclient.internal.call;

import dev.workerclient.error.WorkerException;
import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.http.Outcome;
import dev.workerclient.internal.http.UserCode;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.retry.RetryRegistry;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How often a call may be sent, and how long it waits between. resilience4j-retry counts, computes
 * the wait and publishes the events; the loop is {@link ResendLoop}.
 *
 * @param retry what counts
 * @param watched whether somebody else watches its events, and so its exceptions
 * @param repeats whether there is more than one pass through the routes
 */
public record RetryPolicy(Retry retry, boolean watched, boolean repeats) {
  /** Of what is asked beside users' calls: only a dead connection or an old token is made good. */
  static final RetryPolicy ONE_PASS =
      of("beside", 3, false, Duration.ZERO, Duration.ZERO, null, () -> 0);

  private static final Logger LOGGER = LoggerFactory.getLogger("dev.workerclient");
  private static final String THREW = "an event consumer or predicate of the RetryRegistry threw";

  /**
   * Makes a policy.
   *
   * @param service the name in the registry; the user's own configuration of that name counts
   * @param attempts the most attempts of one call, over all routes
   * @param first the longest first wait; each further one is twice as long
   * @param longest the longest wait
   * @param registry where a user keeps retries, or null
   * @param random from 0 to 1: each wait is that part of the longest it may be
   */
  public static RetryPolicy of(
      String service,
      int attempts,
      boolean repeats,
      Duration first,
      Duration longest,
      @Nullable RetryRegistry registry,
      DoubleSupplier random) {
    RetryConfig config =
        RetryConfig.custom()
            .maxAttempts(attempts)
            .intervalFunction(backoff(first, longest, random))
            .retryOnException(RetryPolicy::mayHelp)
            .build();
    if (registry == null) {
      return new RetryPolicy(Retry.of(service, config), false, repeats);
    }
    boolean own =
        registry.find(service).isPresent() || registry.getConfiguration(service).isPresent();
    return new RetryPolicy(
        own ? registry.retry(service, service) : registry.retry(service, config), true, repeats);
  }

  private static boolean mayHelp(Throwable failure) {
    return !(failure instanceof WorkerException typed) || typed.serviceError().retryable();
  }

  private static IntervalFunction backoff(Duration first, Duration longest, DoubleSupplier random) {
    return attempt -> {
      int doublings = Math.min(attempt - 1, 30);
      long most = Math.min(longest.toMillis(), first.toMillis() << doublings);
      return (long) (most * random.getAsDouble());
    };
  }

  /** The most attempts of one call, over all routes. */
  int maxAttempts() {
    return retry.getRetryConfig().getMaxAttempts();
  }

  /** Begins to count the attempts of a call. */
  Count count(Call call) {
    return new Count(this, call);
  }

  /** resilience4j's count of one call's attempts, and its events. Used by one thread at a time. */
  static final class Count {
    private final Call call;
    private final RetryPolicy policy;
    private final Retry.AsyncContext<Outcome> context;
    private int counted;

    private Count(RetryPolicy policy, Call call) {
      this.call = call;
      this.policy = policy;
      this.context = policy.retry().asyncContext();
    }

    /**
     * Counts the attempts since it was asked last, all failed.
     *
     * @return the wait in milliseconds, or less than 0 if the attempts are used up
     */
    long failed(Failure failure) {
      Exception exception =
          policy.watched()
              ? FailureReport.exception(call, failure)
              : new FailureReport.UnseenException();
      long first = -1;
      long last = -1;
      while (counted < call.attemptCount()) {
        counted++;
        last = onError(exception);
        first = first < 0 ? last : first;
      }
      return last < 0 ? last : first; // Another route was tried without a wait.
    }

    /** Counts the end of the call, unless no breaker let it through. */
    void ended(Outcome outcome) {
      if (outcome instanceof Outcome.Failed failed) {
        long unused = failed(failed.failure());
      } else if (outcome instanceof Outcome.Answered) {
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
}

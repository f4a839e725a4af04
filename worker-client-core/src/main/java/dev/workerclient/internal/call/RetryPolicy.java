package dev.workerclient.internal.call;

import dev.workerclient.error.WorkerException;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.retry.RetryRegistry;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How often a call may be sent, and how long it waits between. resilience4j-retry counts, computes
 * the wait and publishes the events; the loop is {@link Passes}.
 *
 * @param retry what counts
 * @param watched whether somebody else watches its events, and so its exceptions
 * @param repeats whether there is more than one pass through the routes
 */
public record RetryPolicy(Retry retry, boolean watched, boolean repeats) {

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
}

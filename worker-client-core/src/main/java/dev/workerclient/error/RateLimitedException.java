package dev.workerclient.error;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Too many requests: Cloudflare error 1015, or a Durable Object that is overloaded. */
public final class RateLimitedException extends WorkerException {
  private static final long serialVersionUID = 1L;

  /** Makes the exception of that error; the cause may be null. */
  public RateLimitedException(ServiceError serviceError, @Nullable Throwable cause) {
    super(serviceError, cause);
  }

  /** Returns how long the remote asked to wait, or null if it did not say. */
  public @Nullable Duration retryAfter() {
    return serviceError().retryAfter();
  }
}

package dev.workerclient.error;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * No route's circuit breaker let the call through, so no attempt was made: {@link #delivery()} is
 * {@link Delivery#NOT_DELIVERED}.
 */
public final class CircuitOpenException extends WorkerException {
  private static final long serialVersionUID = 1L;

  /** Makes the exception of that error; the cause may be null. */
  public CircuitOpenException(ServiceError serviceError, @Nullable Throwable cause) {
    super(serviceError, cause);
  }

  /** How long until the first of the breakers lets a call through, or null where none says. */
  public @Nullable Duration retryAfter() {
    return serviceError().retryAfter();
  }
}

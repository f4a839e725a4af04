package dev.workerclient.error;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * No route's circuit breaker let the call through, so no attempt was made: {@link #delivery()} is
 * {@link Delivery#NOT_DELIVERED}.
 */
public final class CircuitOpenException extends WorkerException {
  private static final long serialVersionUID = 1L;

  private final LinkedHashMap<String, String> lastFailures;

  /** Makes the exception of that error, without last failures; the cause may be null. */
  public CircuitOpenException(ServiceError serviceError, @Nullable Throwable cause) {
    this(serviceError, Map.of(), cause);
  }

  /**
   * Makes the exception.
   *
   * @param serviceError what happened
   * @param lastFailures by route, what it failed with last
   * @param cause may be null
   */
  public CircuitOpenException(
      ServiceError serviceError, Map<String, String> lastFailures, @Nullable Throwable cause) {
    super(serviceError, cause);
    Objects.requireNonNull(lastFailures, "lastFailures");
    this.lastFailures = new LinkedHashMap<>(lastFailures);
  }

  /** Returns how long until the first route may be tried again, or null if none says. */
  public @Nullable Duration retryAfter() {
    return serviceError().retryAfter();
  }

  /**
   * Returns what each route failed with last, in one line, by the name of the route and in the
   * order of the chain. A route that the application closed itself and that never failed is not
   * listed.
   */
  public Map<String, String> lastFailures() {
    return Collections.unmodifiableMap(lastFailures);
  }
}

package dev.workerclient.error;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The circuit breakers of all routes are open, so no attempt was made: {@link #delivery()} is
 * {@link Delivery#NOT_DELIVERED}.
 */
public final class CircuitOpenException extends WorkerException {
  private static final long serialVersionUID = 1L;

  private final LinkedHashMap<String, String> lastFailures;

  /** Makes the exception for that error, without last failures; the cause may be null. */
  public CircuitOpenException(ServiceError serviceError, @Nullable Throwable cause) {
    this(serviceError, Map.of(), cause);
  }

  /**
   * Makes the exception.
   *
   * @param serviceError what happened
   * @param lastFailures the last failure of each route, by the route's name
   * @param cause may be null
   */
  public CircuitOpenException(
      ServiceError serviceError, Map<String, String> lastFailures, @Nullable Throwable cause) {
    super(serviceError, cause);
    Objects.requireNonNull(lastFailures, "lastFailures");
    this.lastFailures = new LinkedHashMap<>(lastFailures);
  }

  /** Returns how long until the first route may be tried again, or null if that is not known. */
  public @Nullable Duration retryAfter() {
    return serviceError().retryAfter();
  }

  /**
   * Returns the last failure of each route in one line, by the route's name and in the order in
   * which routes are tried. A route that never failed, whose breaker the application opened itself,
   * is not listed.
   */
  public Map<String, String> lastFailures() {
    return Collections.unmodifiableMap(lastFailures);
  }
}

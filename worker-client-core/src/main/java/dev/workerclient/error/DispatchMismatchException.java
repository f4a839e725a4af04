package dev.workerclient.error;

import org.jspecify.annotations.Nullable;

/**
 * The target's {@code fetch} ran and returned no Response: the runtime's "Callback returned
 * incorrect type; expected 'Promise'", or "Incorrect type for Promise: the Promise did not resolve
 * to 'Response'." from an async handler.
 *
 * <p>The target has run (measured on workerd 2026-11-17), so this is never safe to send again by
 * itself.
 */
public final class DispatchMismatchException extends WorkerException {
  private static final long serialVersionUID = 1L;

  /** Makes the exception of that error; the cause may be null. */
  public DispatchMismatchException(ServiceError serviceError, @Nullable Throwable cause) {
    super(serviceError, cause);
  }
}

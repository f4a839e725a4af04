package dev.workerclient.error;

import org.jspecify.annotations.Nullable;

/**
 * Code run by {@code WorkerService.guard} threw something that is no failure of a connection; the
 * cause is kept.
 */
public final class WorkerCallException extends WorkerException {
  private static final long serialVersionUID = 1L;

  /** Makes the exception of that error; the cause may be null. */
  public WorkerCallException(ServiceError serviceError, @Nullable Throwable cause) {
    super(serviceError, cause);
  }
}

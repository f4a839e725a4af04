package dev.workerclient.error;

import org.jspecify.annotations.Nullable;

/** The call was cancelled, or its thread was interrupted (the interrupt flag is then set). */
public final class WorkerCancelledException extends WorkerException {
  private static final long serialVersionUID = 1L;

  /** Makes the exception of that error; the cause may be null. */
  public WorkerCancelledException(ServiceError serviceError, @Nullable Throwable cause) {
    super(serviceError, cause);
  }
}

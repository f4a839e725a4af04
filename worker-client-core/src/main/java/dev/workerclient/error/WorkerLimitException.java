package dev.workerclient.error;

import org.jspecify.annotations.Nullable;

/**
 * A platform limit ended the call: CPU or memory (1102), the number of requests in the plan (1025,
 * 1027), or the size of the body.
 */
public final class WorkerLimitException extends WorkerException {
  private static final long serialVersionUID = 1L;

  /** Makes the exception of that error; the cause may be null. */
  public WorkerLimitException(ServiceError serviceError, @Nullable Throwable cause) {
    super(serviceError, cause);
  }
}

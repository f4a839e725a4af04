package dev.workerclient.error;

import org.jspecify.annotations.Nullable;

/**
 * Application code failed during a call: code run by {@code WorkerService.guard}, an interceptor,
 * or the supplier of a body or a credential. The cause is kept; for the supplier of a credential
 * only its type and stack trace, since its message may contain the secret.
 */
public final class WorkerCallException extends WorkerException {
  private static final long serialVersionUID = 1L;

  /** Makes the exception of that error; the cause may be null. */
  public WorkerCallException(ServiceError serviceError, @Nullable Throwable cause) {
    super(serviceError, cause);
  }
}

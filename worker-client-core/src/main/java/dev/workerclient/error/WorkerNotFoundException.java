package dev.workerclient.error;

import org.jspecify.annotations.Nullable;

/**
 * Cloudflare error 1104: the Worker behind the host was not found. It was deleted, or a new
 * deployment has not reached every location yet.
 */
public final class WorkerNotFoundException extends WorkerException {
  private static final long serialVersionUID = 1L;

  /** Makes the exception of that error; the cause may be null. */
  public WorkerNotFoundException(ServiceError serviceError, @Nullable Throwable cause) {
    super(serviceError, cause);
  }
}

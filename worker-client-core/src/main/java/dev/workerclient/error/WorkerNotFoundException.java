package dev.workerclient.error;

import org.jspecify.annotations.Nullable;

/**
 * Cloudflare error 1104: the script that the host needs was not found; deleted, or a fresh deploy
 * that is still spreading.
 */
public final class WorkerNotFoundException extends WorkerException {
  private static final long serialVersionUID = 1L;

  /** Makes the exception of that error; the cause may be null. */
  public WorkerNotFoundException(ServiceError serviceError, @Nullable Throwable cause) {
    super(serviceError, cause);
  }
}

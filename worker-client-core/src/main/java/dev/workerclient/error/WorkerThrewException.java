package dev.workerclient.error;

import org.jspecify.annotations.Nullable;

/**
 * The target's code threw an exception, or hung and was cancelled by the runtime: Cloudflare error
 * 1101, or the binding proxy's TARGET_THREW or TARGET_HUNG.
 */
public final class WorkerThrewException extends WorkerException {
  private static final long serialVersionUID = 1L;

  /** Makes the exception of that error; the cause may be null. */
  public WorkerThrewException(ServiceError serviceError, @Nullable Throwable cause) {
    super(serviceError, cause);
  }
}

package dev.workerclient.error;

import org.jspecify.annotations.Nullable;

/**
 * The response body can't be decoded to the requested type, or exceeds the size limit. The target
 * has run.
 */
public final class WorkerDecodingException extends WorkerException {
  private static final long serialVersionUID = 1L;

  /** Makes the exception of that error; the cause may be null. */
  public WorkerDecodingException(ServiceError serviceError, @Nullable Throwable cause) {
    super(serviceError, cause);
  }
}

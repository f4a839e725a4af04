package dev.workerclient.okhttp;

import dev.workerclient.error.WorkerException;
import java.io.IOException;

/** A {@link WorkerException}, which is its cause, as OkHttp's and Retrofit's callers expect it. */
public final class WorkerIOException extends IOException {
  private static final long serialVersionUID = 1L;

  private final WorkerException failure;

  /** Makes the exception, with the failure's message. */
  public WorkerIOException(WorkerException failure) {
    super(failure.getMessage(), failure);
    this.failure = failure;
  }

  /** Returns the failure. */
  public WorkerException failure() {
    return failure;
  }
}

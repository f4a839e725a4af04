package dev.workerclient.okhttp;

import dev.workerclient.error.WorkerException;
import java.io.IOException;

/** Wraps a {@link WorkerException} in an IOException, as callers of OkHttp and Retrofit expect. */
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

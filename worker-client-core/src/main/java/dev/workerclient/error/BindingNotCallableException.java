package dev.workerclient.error;

import org.jspecify.annotations.Nullable;

/**
 * The binding exists but can't be called: it is of another kind, such as a KV namespace, or its
 * target does not export {@code fetch}.
 */
public final class BindingNotCallableException extends WorkerException {
  private static final long serialVersionUID = 1L;

  /** Makes the exception of that error; the cause may be null. */
  public BindingNotCallableException(ServiceError serviceError, @Nullable Throwable cause) {
    super(serviceError, cause);
  }
}

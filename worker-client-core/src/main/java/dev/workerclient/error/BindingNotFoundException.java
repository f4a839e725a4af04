package dev.workerclient.error;

import org.jspecify.annotations.Nullable;

/**
 * The binding proxy's configuration lists the service, but the deployed proxy has no binding of
 * that name.
 */
public final class BindingNotFoundException extends WorkerException {
  private static final long serialVersionUID = 1L;

  /** Makes the exception of that error; the cause may be null. */
  public BindingNotFoundException(ServiceError serviceError, @Nullable Throwable cause) {
    super(serviceError, cause);
  }
}

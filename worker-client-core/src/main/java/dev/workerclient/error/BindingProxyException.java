package dev.workerclient.error;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An error of the binding proxy without an exception type of its own, such as BAD_REQUEST or
 * NETWORK_LOST.
 */
public final class BindingProxyException extends WorkerException {
  private static final long serialVersionUID = 1L;

  private final String proxyCode;

  /** Makes the exception of that error; the cause may be null. */
  public BindingProxyException(
      ServiceError serviceError, String proxyCode, @Nullable Throwable cause) {
    super(serviceError, cause);
    this.proxyCode = Objects.requireNonNull(proxyCode, "proxyCode");
  }

  /** Returns the proxy's own code, such as {@code NETWORK_LOST}. */
  public String proxyCode() {
    return proxyCode;
  }
}

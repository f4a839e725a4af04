package dev.workerclient.error;

import org.jspecify.annotations.Nullable;

/**
 * Something in front of the target refused the call: Cloudflare Access, a challenge page, a
 * firewall rule, or the binding proxy (token, scope, allow-list, method).
 */
public final class AccessDeniedException extends WorkerException {
  private static final long serialVersionUID = 1L;

  /** Makes the exception of that error; the cause may be null. */
  public AccessDeniedException(ServiceError serviceError, @Nullable Throwable cause) {
    super(serviceError, cause);
  }
}

package dev.workerclient.error;

import org.jspecify.annotations.Nullable;

/**
 * Cloudflare error 1042: no Worker serves the workers.dev host for this caller (its route is
 * disabled, it is not deployed, or the deployment has not reached every location yet), or a Worker
 * fetched another one of its own account. Also thrown for the workers.dev page "There is nothing
 * here yet".
 *
 * @see <a href="https://developers.cloudflare.com/workers/observability/errors/">Workers errors</a>
 */
public final class Error1042Exception extends WorkerException {
  private static final long serialVersionUID = 1L;

  /** Makes the exception of that error; the cause may be null. */
  public Error1042Exception(ServiceError serviceError, @Nullable Throwable cause) {
    super(serviceError, cause);
  }
}

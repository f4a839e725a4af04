package dev.workerclient.internal.classify;

import dev.workerclient.error.AccessDeniedException;
import dev.workerclient.error.BindingNotCallableException;
import dev.workerclient.error.BindingNotFoundException;
import dev.workerclient.error.BindingProxyException;
import dev.workerclient.error.CircuitOpenException;
import dev.workerclient.error.CloudflareErrorException;
import dev.workerclient.error.DispatchMismatchException;
import dev.workerclient.error.Error1042Exception;
import dev.workerclient.error.RateLimitedException;
import dev.workerclient.error.ServiceError;
import dev.workerclient.error.UnprovenResponseException;
import dev.workerclient.error.WorkerCallException;
import dev.workerclient.error.WorkerCancelledException;
import dev.workerclient.error.WorkerConnectionException;
import dev.workerclient.error.WorkerDecodingException;
import dev.workerclient.error.WorkerException;
import dev.workerclient.error.WorkerLimitException;
import dev.workerclient.error.WorkerNotFoundException;
import dev.workerclient.error.WorkerThrewException;
import dev.workerclient.error.WorkerTimeoutException;
import org.jspecify.annotations.Nullable;

/** Makes the exception of a failure's kind. */
final class Exceptions {
  private Exceptions() {}

  static WorkerException of(Failure failure, ServiceError error) {
    @Nullable Throwable cause = failure.exception();
    return switch (failure.kind()) {
      case ERROR_1042 -> new Error1042Exception(error, cause);
      case DISPATCH_MISMATCH -> new DispatchMismatchException(error, cause);
      case BINDING_NOT_FOUND -> new BindingNotFoundException(error, cause);
      case BINDING_NOT_CALLABLE -> new BindingNotCallableException(error, cause);
      case WORKER_NOT_FOUND -> new WorkerNotFoundException(error, cause);
      case WORKER_THREW -> new WorkerThrewException(error, cause);
      case WORKER_LIMIT -> new WorkerLimitException(error, cause);
      case RATE_LIMITED -> new RateLimitedException(error, cause);
      case ACCESS_DENIED -> new AccessDeniedException(error, cause);
      case BINDING_PROXY -> new BindingProxyException(error, failure.proxyCode(), cause);
      case UNPROVEN_RESPONSE -> new UnprovenResponseException(error, cause);
      case WORKER_CALL -> new WorkerCallException(error, cause);
      case CLOUDFLARE_ERROR ->
          new CloudflareErrorException(error, failure.name(), failure.category(), cause);
      case WORKER_TIMEOUT -> new WorkerTimeoutException(error, failure.timeoutPhase(), cause);
      case WORKER_CONNECTION ->
          new WorkerConnectionException(error, failure.connectionPhase(), cause);
      case WORKER_DECODING -> new WorkerDecodingException(error, cause);
      case CIRCUIT_OPEN -> new CircuitOpenException(error, failure.lastFailures(), cause);
      case WORKER_CANCELLED -> new WorkerCancelledException(error, cause);
    };
  }
}

package dev.workerclient.internal.classify;

import dev.workerclient.error.AccessDeniedException;
import dev.workerclient.error.BindingNotCallableException;
import dev.workerclient.error.BindingNotFoundException;
import dev.workerclient.error.BindingProxyException;
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
import java.util.function.BiFunction;

/** The kinds of failure: stable code, status to hand on, and exception of each. */
public enum FailureKind {
  ERROR_1042(502, (failure, error) -> new Error1042Exception(error, failure.exception())),
  DISPATCH_MISMATCH(
      502, (failure, error) -> new DispatchMismatchException(error, failure.exception())),
  BINDING_NOT_FOUND(
      502, (failure, error) -> new BindingNotFoundException(error, failure.exception())),
  BINDING_NOT_CALLABLE(
      502, (failure, error) -> new BindingNotCallableException(error, failure.exception())),
  WORKER_NOT_FOUND(
      502, (failure, error) -> new WorkerNotFoundException(error, failure.exception())),
  WORKER_THREW(502, (failure, error) -> new WorkerThrewException(error, failure.exception())),
  WORKER_LIMIT(503, (failure, error) -> new WorkerLimitException(error, failure.exception())),
  RATE_LIMITED(503, (failure, error) -> new RateLimitedException(error, failure.exception())),
  ACCESS_DENIED(502, (failure, error) -> new AccessDeniedException(error, failure.exception())),
  BINDING_PROXY(
      502,
      (failure, error) ->
          new BindingProxyException(error, failure.proxyCode(), failure.exception())),
  UNPROVEN_RESPONSE(
      502, (failure, error) -> new UnprovenResponseException(error, failure.exception())),
  WORKER_CALL(502, (failure, error) -> new WorkerCallException(error, failure.exception())),
  CLOUDFLARE_ERROR(
      502,
      (failure, error) ->
          new CloudflareErrorException(
              error, failure.name(), failure.category(), failure.exception())),
  WORKER_TIMEOUT(
      504,
      (failure, error) ->
          new WorkerTimeoutException(error, failure.timeoutPhase(), failure.exception())),
  WORKER_CONNECTION(
      502,
      (failure, error) ->
          new WorkerConnectionException(error, failure.connectionPhase(), failure.exception())),
  WORKER_DECODING(502, (failure, error) -> new WorkerDecodingException(error, failure.exception())),
  WORKER_CANCELLED(
      503, (failure, error) -> new WorkerCancelledException(error, failure.exception()));

  private final int statusToHandOn;

  @SuppressWarnings("ImmutableEnumChecker") // Constructor references hold no state.
  private final BiFunction<Failure, ServiceError, WorkerException> factory;

  FailureKind(int statusToHandOn, BiFunction<Failure, ServiceError, WorkerException> factory) {
    this.statusToHandOn = statusToHandOn;
    this.factory = factory;
  }

  /** The HTTP status to hand to one's own caller. */
  public int statusToHandOn() {
    return statusToHandOn;
  }

  WorkerException exception(Failure failure, ServiceError error) {
    return factory.apply(failure, error);
  }
}

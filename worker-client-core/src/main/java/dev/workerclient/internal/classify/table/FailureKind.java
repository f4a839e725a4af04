package dev.workerclient.internal.classify.table;

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
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of failure. The stable code of a {@code ServiceError} is the name of its kind, and each
 * kind has an exception of its own.
 */
public enum FailureKind {
  ERROR_1042(502, Error1042Exception.class, Error1042Exception::new),
  DISPATCH_MISMATCH(502, DispatchMismatchException.class, DispatchMismatchException::new),
  BINDING_NOT_FOUND(502, BindingNotFoundException.class, BindingNotFoundException::new),
  BINDING_NOT_CALLABLE(502, BindingNotCallableException.class, BindingNotCallableException::new),
  WORKER_NOT_FOUND(502, WorkerNotFoundException.class, WorkerNotFoundException::new),
  WORKER_THREW(502, WorkerThrewException.class, WorkerThrewException::new),
  WORKER_LIMIT(503, WorkerLimitException.class, WorkerLimitException::new),
  RATE_LIMITED(503, RateLimitedException.class, RateLimitedException::new),
  ACCESS_DENIED(502, AccessDeniedException.class, AccessDeniedException::new),
  BINDING_PROXY(
      502,
      BindingProxyException.class,
      (error, detail, cause) ->
          new BindingProxyException(error, ((ProxyCode) detail).code(), cause)),
  UNPROVEN_RESPONSE(502, UnprovenResponseException.class, UnprovenResponseException::new),
  WORKER_CALL(502, WorkerCallException.class, WorkerCallException::new),
  CLOUDFLARE_ERROR(502, CloudflareErrorException.class, FailureKind::cloudflareError),
  WORKER_TIMEOUT(504, WorkerTimeoutException.class, FailureKind::timeout),
  WORKER_CONNECTION(
      502,
      WorkerConnectionException.class,
      (error, detail, cause) ->
          new WorkerConnectionException(error, ((Disconnected) detail).phase(), cause)),
  WORKER_DECODING(502, WorkerDecodingException.class, WorkerDecodingException::new),
  WORKER_CANCELLED(503, WorkerCancelledException.class, WorkerCancelledException::new),
  CIRCUIT_OPEN(
      503,
      CircuitOpenException.class,
      (error, detail, cause) ->
          new CircuitOpenException(error, ((Refused) detail).lastFailures(), cause));

  /** What a failure tells besides, as far as its exception or a rule needs it. */
  public sealed interface Detail {
    /** Nothing. */
    Detail NONE = new None();
  }

  /** The failure tells nothing besides. */
  public record None() implements Detail {}

  /** What a Cloudflare error format reports. */
  public record Coded(int code, @Nullable String name, @Nullable String category)
      implements Detail {}

  /** The binding proxy reported the failure, whatever its kind. */
  public record ProxyCode(String code) implements Detail {}

  /** The time that was up. */
  public record TimedOut(WorkerTimeoutException.Phase phase) implements Detail {}

  /** How far the connection came. */
  public record Disconnected(WorkerConnectionException.Phase phase) implements Detail {}

  /** What each route of a refused call failed with last. */
  public record Refused(Map<String, String> lastFailures) implements Detail {}

  private final int statusToHandOn;
  private final Class<? extends WorkerException> type;

  @SuppressWarnings("ImmutableEnumChecker") // It is a constructor, which keeps nothing.
  private final Maker maker;

  FailureKind(int statusToHandOn, Class<? extends WorkerException> type, PlainMaker maker) {
    this(statusToHandOn, type, (error, detail, cause) -> maker.make(error, cause));
  }

  FailureKind(int statusToHandOn, Class<? extends WorkerException> type, Maker maker) {
    this.statusToHandOn = statusToHandOn;
    this.type = type;
    this.maker = maker;
  }

  /** Returns the kind whose exception is of that type, or null for another exception. */
  public static @Nullable FailureKind of(Class<? extends WorkerException> type) {
    for (FailureKind kind : values()) {
      if (kind.type == type) {
        return kind;
      }
    }
    return null;
  }

  /** The HTTP status to hand to one's own caller, unless the table says another. */
  public int statusToHandOn() {
    return statusToHandOn;
  }

  /** The type of its exception. */
  public Class<? extends WorkerException> type() {
    return type;
  }

  /** Makes its exception. */
  public WorkerException exception(ServiceError error, Detail detail, @Nullable Throwable cause) {
    return maker.make(error, detail, cause);
  }

  private static WorkerException cloudflareError(
      ServiceError error, Detail detail, @Nullable Throwable cause) {
    Coded said = (Coded) detail;
    return new CloudflareErrorException(error, said.name(), said.category(), cause);
  }

  /** The proxy waits for the target as long as an attempt may take. */
  private static WorkerException timeout(
      ServiceError error, Detail detail, @Nullable Throwable cause) {
    WorkerTimeoutException.Phase phase =
        detail instanceof TimedOut timedOut
            ? timedOut.phase()
            : WorkerTimeoutException.Phase.ATTEMPT;
    return new WorkerTimeoutException(error, phase, cause);
  }

  private interface PlainMaker {
    WorkerException make(ServiceError error, @Nullable Throwable cause);
  }

  private interface Maker {
    WorkerException make(ServiceError error, Detail detail, @Nullable Throwable cause);
  }
}

package dev.workerclient.error;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A timer fired before the call had its answer. */
public final class WorkerTimeoutException extends WorkerException {
  private static final long serialVersionUID = 1L;

  private final Phase phase;

  /** Makes the exception of that error; the cause may be null. */
  public WorkerTimeoutException(ServiceError serviceError, Phase phase, @Nullable Throwable cause) {
    super(serviceError, cause);
    this.phase = Objects.requireNonNull(phase, "phase");
  }

  /** Which timer fired. */
  public Phase phase() {
    return phase;
  }

  /** The timers of a call. */
  public enum Phase {
    /** The call's deadline passed while an async call waited for a place. */
    QUEUE,
    /** {@code connectTimeout}: no connection was made. */
    CONNECT,
    /** {@code attemptTimeout}, or the binding proxy's own timer for the attempt. */
    ATTEMPT,
    /** {@code callTimeout}, or the call's own {@code timeout}. */
    CALL,
    /** {@code readIdleTimeout}: a streamed body sent nothing for that long. */
    READ_IDLE
  }
}

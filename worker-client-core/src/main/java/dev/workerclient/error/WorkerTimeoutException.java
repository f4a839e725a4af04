package dev.workerclient.error;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A timeout ended the call before the response was complete. */
public final class WorkerTimeoutException extends WorkerException {
  private static final long serialVersionUID = 1L;

  private final Phase phase;

  /** Makes the exception of that error; the cause may be null. */
  public WorkerTimeoutException(ServiceError serviceError, Phase phase, @Nullable Throwable cause) {
    super(serviceError, cause);
    this.phase = Objects.requireNonNull(phase, "phase");
  }

  /** Returns which timeout it was. */
  public Phase phase() {
    return phase;
  }

  /** The timeouts of a call. */
  public enum Phase {
    /** The call's deadline passed while an async call was queued. */
    QUEUE,
    /** {@code connectTimeout}: no connection was made. */
    CONNECT,
    /** {@code attemptTimeout}, or the binding proxy's own timeout for the attempt. */
    ATTEMPT,
    /** {@code callTimeout}, or the call's own {@code timeout}. */
    CALL,
    /** {@code readIdleTimeout}: a streamed body sent nothing for that long. */
    READ_IDLE
  }
}

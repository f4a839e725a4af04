package dev.workerclient.error;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The network failed: the host was not found, the connection was refused or broke, or TLS failed.
 */
public final class WorkerConnectionException extends WorkerException {
  private static final long serialVersionUID = 1L;

  private final Phase phase;

  /** Makes the exception of that error; the cause may be null. */
  public WorkerConnectionException(
      ServiceError serviceError, Phase phase, @Nullable Throwable cause) {
    super(serviceError, cause);
    this.phase = Objects.requireNonNull(phase, "phase");
  }

  /** Returns how far the attempt had come. */
  public Phase phase() {
    return phase;
  }

  /** The stages of an attempt. */
  public enum Phase {
    /** The host's name did not resolve. */
    DNS,
    /** No connection was made. */
    CONNECT,
    /** The TLS handshake failed. */
    TLS,
    /** The connection broke after writing of the request had begun. */
    EXCHANGE
  }
}

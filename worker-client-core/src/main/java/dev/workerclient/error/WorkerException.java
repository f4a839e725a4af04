package dev.workerclient.error;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The root of every failure of the library.
 *
 * <p>What is thrown is the typed failure of the last attempt made; the failures of earlier attempts
 * are its {@linkplain #getSuppressed() suppressed} exceptions, in order, and stand in its message.
 * So a catch clause means the same however many routes a service has.
 *
 * <p>Message, causes and {@link #serviceError()} hold no credential.
 */
public abstract class WorkerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ServiceError serviceError;

  /**
   * For the exceptions of the library.
   *
   * @param serviceError what happened
   * @param cause what it was read from, or null where there is none
   */
  protected WorkerException(ServiceError serviceError, @Nullable Throwable cause) {
    super(MessageText.of(serviceError), cause);
    this.serviceError = Objects.requireNonNull(serviceError, "serviceError");
  }

  /** The failure as data. */
  public final ServiceError serviceError() {
    return serviceError;
  }

  /** What is known about whether the target ran, over all attempts of the call. */
  public final Delivery delivery() {
    return serviceError.delivery();
  }

  /** Cause and fix. */
  public final Diagnosis diagnosis() {
    return serviceError.diagnosis();
  }

  /** The Cloudflare error code, such as 1042; empty where the failure is none of Cloudflare's. */
  public final OptionalInt cloudflareCode() {
    return serviceError.cloudflareCode();
  }

  /** Every attempt of the call in order; empty where none was made. */
  public final List<Attempt> attempts() {
    return serviceError.attempts();
  }

  /** Returns the first failure of that type among the attempts of the call. */
  public final <T extends WorkerException> Optional<T> failure(Class<T> type) {
    Objects.requireNonNull(type, "type");
    return Stream.concat(Stream.of(getSuppressed()), Stream.of(this))
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst();
  }
}

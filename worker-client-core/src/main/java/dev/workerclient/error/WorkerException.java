package dev.workerclient.error;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The base class of all exceptions for failed calls. Unchecked.
 *
 * <p>The exception describes the last attempt; earlier failures are attached as {@linkplain
 * #getSuppressed() suppressed} exceptions, in order, and are listed in its message. So a catch
 * clause means the same however many routes a service has.
 *
 * <p>The message, the causes and {@link #serviceError()} contain no credentials.
 */
public abstract class WorkerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ServiceError serviceError;

  /**
   * Makes an exception of the library.
   *
   * @param serviceError what failed
   * @param cause the underlying exception, or null if there is none
   */
  protected WorkerException(ServiceError serviceError, @Nullable Throwable cause) {
    super(MessageText.of(serviceError), cause);
    this.serviceError = Objects.requireNonNull(serviceError, "serviceError");
  }

  /** Returns the failure as data. */
  public final ServiceError serviceError() {
    return serviceError;
  }

  /** Returns what is known about whether the target ran, over all attempts of the call. */
  public final Delivery delivery() {
    return serviceError.delivery();
  }

  /** Returns the cause of the failure and how to fix it. */
  public final Diagnosis diagnosis() {
    return serviceError.diagnosis();
  }

  /** Returns the Cloudflare error code, such as 1042; empty if Cloudflare did not report one. */
  public final OptionalInt cloudflareCode() {
    return serviceError.cloudflareCode();
  }

  /** Returns every attempt of the call in order; empty if none was made. */
  public final List<Attempt> attempts() {
    return serviceError.attempts();
  }

  /**
   * Returns the first failure of that type among the attempts of the call; empty if there is none.
   */
  public final <T extends WorkerException> Optional<T> failure(Class<T> type) {
    Objects.requireNonNull(type, "type");
    return Stream.concat(Stream.of(getSuppressed()), Stream.of(this))
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst();
  }
}

package dev.workerclient.error;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A failure as data, for logs, metrics and your own callers. Immutable.
 *
 * <p>It contains no credential, no request or response body and no host name, so it is safe to pass
 * on. {@code worker-client-jackson} writes it as RFC 9457 {@code application/problem+json} and
 * reads it back.
 */
public final class ServiceError implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String service;
  private final String operation;
  private final String code;
  private final String message;
  private final int status;
  private final Delivery delivery;
  private final boolean safeToResend;
  private final boolean retryable;
  private final @Nullable Duration retryAfter;
  private final @Nullable String rayId;
  private final int cloudflareCode;
  private final Diagnosis diagnosis;

  // List.copyOf returns a serializable list, which the declared type can't say.
  @SuppressWarnings("serial")
  private final List<Attempt> attempts;

  private ServiceError(Builder builder) {
    this.service = builder.service;
    this.operation = builder.operation;
    this.code = builder.code;
    this.message = builder.message;
    this.status = builder.status;
    this.delivery = builder.delivery;
    this.safeToResend = builder.safeToResend;
    this.retryable = builder.retryable;
    this.retryAfter = builder.retryAfter;
    this.rayId = builder.rayId;
    this.cloudflareCode = builder.cloudflareCode;
    this.diagnosis = builder.diagnosis;
    this.attempts = builder.attempts;
  }

  /** Starts an error with that service, operation and code. */
  public static Builder builder(String service, String operation, String code) {
    return new Builder(service, operation, code);
  }

  /** Returns the service's name, which is the name of its binding. */
  public String service() {
    return service;
  }

  /**
   * Returns the method and path template ({@code GET /v1/orders/{id}}), or the operation's name.
   */
  public String operation() {
    return operation;
  }

  /** Returns the stable code of the exception in upper case, such as {@code ERROR_1042}. */
  public String code() {
    return code;
  }

  /** Returns what failed, in one line. */
  public String message() {
    return message;
  }

  /** Returns the HTTP status to return to your own caller: 502, 503 or 504. */
  public int status() {
    return status;
  }

  /** Returns what is known about whether the target ran: the strongest delivery of all attempts. */
  public Delivery delivery() {
    return delivery;
  }

  /**
   * Returns whether it is safe to send the call again: the target did not run, or the call is
   * repeatable because of its method or its idempotency key.
   */
  public boolean safeToResend() {
    return safeToResend;
  }

  /** Returns whether sending the call again is safe <em>and</em> may help. */
  public boolean retryable() {
    return retryable;
  }

  /** Returns how long the remote asked to wait before the next try, or null if it did not ask. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }

  /** Returns the {@code cf-ray} of the failed response, or null if there is none. */
  public @Nullable String rayId() {
    return rayId;
  }

  /** Returns the Cloudflare error code, such as 1042; empty if Cloudflare did not report one. */
  public OptionalInt cloudflareCode() {
    return cloudflareCode == 0 ? OptionalInt.empty() : OptionalInt.of(cloudflareCode);
  }

  /** Returns the cause of the failure and how to fix it. */
  public Diagnosis diagnosis() {
    return diagnosis;
  }

  /** Returns every attempt of the call in order; empty if none was made. Unmodifiable. */
  public List<Attempt> attempts() {
    return attempts;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ServiceError that
        && service.equals(that.service)
        && operation.equals(that.operation)
        && code.equals(that.code)
        && message.equals(that.message)
        && status == that.status
        && delivery == that.delivery
        && safeToResend == that.safeToResend
        && retryable == that.retryable
        && Objects.equals(retryAfter, that.retryAfter)
        && Objects.equals(rayId, that.rayId)
        && cloudflareCode == that.cloudflareCode
        && diagnosis.equals(that.diagnosis)
        && attempts.equals(that.attempts);
  }

  @Override
  public int hashCode() {
    return Objects.hash(service, operation, code, message, status, delivery, attempts);
  }

  @Override
  public String toString() {
    return "ServiceError{"
        + service
        + " "
        + operation
        + ": "
        + code
        + ", "
        + message
        + ", status="
        + status
        + ", delivery="
        + delivery
        + ", safeToResend="
        + safeToResend
        + ", retryable="
        + retryable
        + ", retryAfter="
        + retryAfter
        + ", rayId="
        + rayId
        + ", attempts="
        + attempts
        + "}";
  }

  /** Builds a {@link ServiceError}. Not thread-safe. */
  public static final class Builder {
    private final String service;
    private final String operation;
    private final String code;
    private String message = "";
    private int status = 502;
    private Delivery delivery = Delivery.UNKNOWN;
    private boolean safeToResend;
    private boolean retryable;
    private @Nullable Duration retryAfter;
    private @Nullable String rayId;
    private int cloudflareCode;
    private Diagnosis diagnosis = Diagnosis.of("", "", "");
    private List<Attempt> attempts = List.of();

    private Builder(String service, String operation, String code) {
      this.service = Objects.requireNonNull(service, "service");
      this.operation = Objects.requireNonNull(operation, "operation");
      this.code = Objects.requireNonNull(code, "code");
    }

    /** Sets what failed, in one line. Default: an empty string. */
    public Builder message(String message) {
      this.message = Objects.requireNonNull(message, "message");
      return this;
    }

    /** Sets the HTTP status to return to your own caller. Default: 502. */
    public Builder status(int status) {
      this.status = status;
      return this;
    }

    /** Sets what is known about delivery. Default: {@link Delivery#UNKNOWN}. */
    public Builder delivery(Delivery delivery) {
      this.delivery = Objects.requireNonNull(delivery, "delivery");
      return this;
    }

    /** Sets whether it is safe to send the call again. Default: false. */
    public Builder safeToResend(boolean safeToResend) {
      this.safeToResend = safeToResend;
      return this;
    }

    /** Sets whether sending the call again is safe and may help. Default: false. */
    public Builder retryable(boolean retryable) {
      this.retryable = retryable;
      return this;
    }

    /** Sets how long the remote asked to wait. Default: null, it did not ask. */
    public Builder retryAfter(@Nullable Duration retryAfter) {
      this.retryAfter = retryAfter;
      return this;
    }

    /** Sets the {@code cf-ray}. Default: null. */
    public Builder rayId(@Nullable String rayId) {
      this.rayId = rayId;
      return this;
    }

    /** Sets the Cloudflare error code. Default: 0, none. */
    public Builder cloudflareCode(int cloudflareCode) {
      this.cloudflareCode = cloudflareCode;
      return this;
    }

    /** Sets the cause and the fix. Default: both are empty. */
    public Builder diagnosis(Diagnosis diagnosis) {
      this.diagnosis = Objects.requireNonNull(diagnosis, "diagnosis");
      return this;
    }

    /** Sets the attempts in order, as a copy of the list. Default: none. */
    public Builder attempts(List<Attempt> attempts) {
      this.attempts = List.copyOf(Objects.requireNonNull(attempts, "attempts"));
      return this;
    }

    /** Returns the error. */
    public ServiceError build() {
      return new ServiceError(this);
    }
  }
}

package dev.workerclient.error;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** One HTTP exchange on one route, as it ended. Immutable; holds no credential and no body. */
public final class Attempt implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String route;
  private final int number;
  private final boolean hedge;

  /** A short, since each call has an attempt, and 8 bytes more with an int. */
  private final short status;

  private final Delivery delivery;
  private final @Nullable String rayId;
  private final Duration elapsed;
  private final @Nullable String failure;
  private final @Nullable String message;
  private final int exchanges;

  private Attempt(Builder builder) {
    this.route = builder.route;
    this.number = builder.number;
    this.hedge = builder.hedge;
    this.status = (short) builder.status;
    this.delivery = builder.delivery;
    this.rayId = builder.rayId;
    this.elapsed = builder.elapsed;
    this.failure = builder.failure;
    this.message = builder.message;
    this.exchanges = builder.exchanges;
  }

  /**
   * Starts an attempt on the route of that name, {@code binding-proxy} or {@code custom-domain}.
   */
  public static Builder builder(String route) {
    return new Builder(route);
  }

  /** Returns the route: {@code binding-proxy} or {@code custom-domain}. */
  public String route() {
    return route;
  }

  /**
   * Returns the number, as {@code AttemptInfo.number()}: 1 for the call's first attempt; 0 if it is
   * not known.
   */
  public int number() {
    return number;
  }

  /**
   * Returns whether this attempt was sent while an earlier one, which took longer than usual, was
   * still running. A hedge that lost ends as {@code WORKER_CANCELLED}.
   */
  public boolean isHedge() {
    return hedge;
  }

  /** Returns the HTTP status, or empty if there was no response. */
  public OptionalInt status() {
    return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
  }

  /** Returns what is known about whether this attempt ran the target. */
  public Delivery delivery() {
    return delivery;
  }

  /** Returns the {@code cf-ray} of the response, or null if there is none. */
  public @Nullable String rayId() {
    return rayId;
  }

  /** Returns the time from the start of the attempt to its end. */
  public Duration elapsed() {
    return elapsed;
  }

  /**
   * Returns the code of the failure, as {@link ServiceError#code()}; null if the target answered.
   */
  public @Nullable String failure() {
    return failure;
  }

  /** Returns what failed, in one line; null if the target answered. */
  public @Nullable String message() {
    return message;
  }

  /**
   * Returns how many HTTP requests this attempt sent: 0 if it failed before the first byte,
   * otherwise 1. It is more than 1 only if an interceptor of your OkHttpClient repeated the
   * request.
   */
  public int exchanges() {
    return exchanges;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Attempt that
        && route.equals(that.route)
        && number == that.number
        && hedge == that.hedge
        && status == that.status
        && delivery == that.delivery
        && Objects.equals(rayId, that.rayId)
        && elapsed.equals(that.elapsed)
        && Objects.equals(failure, that.failure)
        && Objects.equals(message, that.message)
        && exchanges == that.exchanges;
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        route, number, hedge, status, delivery, rayId, elapsed, failure, message, exchanges);
  }

  /** Returns one line: route, outcome, delivery and time. */
  @Override
  public String toString() {
    String outcome = failure == null ? "answered HTTP " + status : failure + " (" + message + ")";
    return route
        + (hedge ? " (hedge): " : ": ")
        + outcome
        + ", "
        + delivery
        + ", "
        + elapsed.toMillis()
        + " ms";
  }

  /** Builds an {@link Attempt}. Not thread-safe. */
  public static final class Builder {
    private final String route;
    private int number;
    private boolean hedge;
    private int status;
    private Delivery delivery = Delivery.UNKNOWN;
    private @Nullable String rayId;
    private Duration elapsed = Duration.ZERO;
    private @Nullable String failure;
    private @Nullable String message;
    private int exchanges = 1;

    private Builder(String route) {
      this.route = Objects.requireNonNull(route, "route");
    }

    /** Sets the number of the attempt. Default: 0, not known. */
    public Builder number(int number) {
      this.number = number;
      return this;
    }

    /** Sets whether this attempt is a hedge, sent while another one was running. Default: false. */
    public Builder hedge(boolean hedge) {
      this.hedge = hedge;
      return this;
    }

    /** Sets the HTTP status. Default: 0, no response. */
    public Builder status(int status) {
      this.status = status;
      return this;
    }

    /** Sets what is known about delivery. Default: {@link Delivery#UNKNOWN}. */
    public Builder delivery(Delivery delivery) {
      this.delivery = Objects.requireNonNull(delivery, "delivery");
      return this;
    }

    /** Sets the {@code cf-ray}. Default: null. */
    public Builder rayId(@Nullable String rayId) {
      this.rayId = rayId;
      return this;
    }

    /** Sets the time that the attempt took. Default: zero. */
    public Builder elapsed(Duration elapsed) {
      this.elapsed = Objects.requireNonNull(elapsed, "elapsed");
      return this;
    }

    /** Sets the code of the failure and what failed. Default: none, the target answered. */
    public Builder failure(String code, String what) {
      this.failure = Objects.requireNonNull(code, "code");
      this.message = Objects.requireNonNull(what, "what");
      return this;
    }

    /** Sets how many HTTP requests were sent. Default: 1. */
    public Builder exchanges(int exchanges) {
      this.exchanges = exchanges;
      return this;
    }

    /** Returns the attempt. */
    public Attempt build() {
      return new Attempt(this);
    }
  }
}

package dev.workerclient.mockserver;

import dev.workerclient.RouteKind;
import dev.workerclient.error.Delivery;
import dev.workerclient.error.ServiceError;
import dev.workerclient.error.WorkerException;
import java.time.Duration;
import java.util.Objects;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on the failure of a call, in addition to AssertJ's assertions for Throwables. Each
 * returns this object or throws an AssertionError with the failure as its cause. Not thread-safe.
 *
 * @param <E> the failure's type, as {@code satisfies} and {@code actual} give it
 */
@SuppressWarnings("exports") // AssertJ is optional; who uses this class requires it.
public class WorkerFailureAssert<E extends WorkerException>
    extends AbstractThrowableAssert<WorkerFailureAssert<E>, E> {

  WorkerFailureAssert(@Nullable E actual) {
    super(actual, WorkerFailureAssert.class);
  }

  /**
   * Asserts the route of the last attempt.
   *
   * @param route {@code binding-proxy} or {@code custom-domain}
   * @throws IllegalArgumentException if there is no such route
   */
  public WorkerFailureAssert<E> onRoute(String route) {
    Objects.requireNonNull(route, "route");
    checks().lastRoute(route);
    return this;
  }

  /** Asserts the route of the last attempt. */
  public WorkerFailureAssert<E> onRoute(RouteKind route) {
    Objects.requireNonNull(route, "route");
    return onRoute(route.routeName());
  }

  /** Asserts how many attempts were made, over all routes; 0 if the call ended before one. */
  public WorkerFailureAssert<E> hasAttempts(int number) {
    checks().number(number);
    return this;
  }

  /**
   * Asserts the routes of all attempts, in order.
   *
   * @param routes {@code binding-proxy} or {@code custom-domain} for each attempt
   * @throws IllegalArgumentException if there is no such route
   */
  public WorkerFailureAssert<E> hasAttemptsOn(String... routes) {
    Objects.requireNonNull(routes, "routes");
    checks().routes(routes);
    return this;
  }

  /** Asserts the routes of all attempts, in order. */
  public WorkerFailureAssert<E> hasAttemptsOn(RouteKind first, RouteKind... further) {
    Objects.requireNonNull(first, "first");
    Objects.requireNonNull(further, "further");
    return hasAttemptsOn(CallChecks.names(first, further));
  }

  /**
   * Asserts that an attempt before the one that ended the call failed with that type; {@code
   * WorkerException.class} matches any failure.
   */
  public WorkerFailureAssert<E> cameAfter(Class<? extends WorkerException> type) {
    Objects.requireNonNull(type, "type");
    checks().cameAfter(type, error().code());
    return this;
  }

  /**
   * Asserts that it is safe to send the call again: the target did not run, or the call is
   * repeatable. To assert only that the target did not run, use {@link #hasDelivery}; to assert
   * that retrying may help, {@link #isRetryable}.
   */
  public WorkerFailureAssert<E> isSafeToResend() {
    if (!error().safeToResend()) {
      throw checks()
          .failure(
              "Expected the call to be safe to send again, but its delivery is "
                  + error().delivery()
                  + " and it is not repeatable. Safe to retry: "
                  + error().diagnosis().resend());
    }
    return this;
  }

  /**
   * Asserts that it is not safe to send the call again: the target ran or may have run, and the
   * call is not repeatable.
   */
  public WorkerFailureAssert<E> isNotSafeToResend() {
    Delivery delivery = error().delivery();
    if (error().safeToResend()) {
      throw checks()
          .failure(
              "Expected the call not to be safe to send again, but its delivery is "
                  + delivery
                  + (delivery == Delivery.NOT_DELIVERED ? "." : " and it is repeatable."));
    }
    return this;
  }

  /** Asserts what is known about whether the target ran, over all attempts. */
  public WorkerFailureAssert<E> hasDelivery(Delivery delivery) {
    Objects.requireNonNull(delivery, "delivery");
    checks().equal("the delivery", delivery, error().delivery());
    return this;
  }

  /** Asserts that repeating the call is safe and may help; see {@link ServiceError#retryable}. */
  public WorkerFailureAssert<E> isRetryable() {
    if (!error().retryable()) {
      throw checks()
          .failure(
              "Expected the call to be retryable, but it is not: repeating it is not safe or does"
                  + " not help.");
    }
    return this;
  }

  /** Asserts that repeating the call is not safe or does not help. */
  public WorkerFailureAssert<E> isNotRetryable() {
    if (error().retryable()) {
      throw checks()
          .failure(
              "Expected the call not to be retryable, but it is: repeating it is safe and may"
                  + " help.");
    }
    return this;
  }

  /** Asserts the stable code, such as {@code ERROR_1042}. */
  public WorkerFailureAssert<E> hasErrorCode(String code) {
    Objects.requireNonNull(code, "code");
    checks().equal("the error code", code, error().code());
    return this;
  }

  /** Asserts the Cloudflare error code, such as 1042. */
  public WorkerFailureAssert<E> hasCloudflareCode(int code) {
    int actual = error().cloudflareCode().orElse(0);
    checks().equal("the Cloudflare code", code, actual == 0 ? null : actual);
    return this;
  }

  /**
   * Asserts the HTTP status to return to your own caller, which is not the status of an attempt.
   */
  public WorkerFailureAssert<E> hasStatusToHandOn(int status) {
    checks().equal("the status to hand on", status, error().status());
    return this;
  }

  /** Asserts how long the remote asked to wait. */
  public WorkerFailureAssert<E> hasRetryAfter(Duration wait) {
    Objects.requireNonNull(wait, "wait");
    checks().equal("the retry-after", wait, error().retryAfter());
    return this;
  }

  /** Asserts the {@code cf-ray} of the failed response. */
  public WorkerFailureAssert<E> hasRayId(String rayId) {
    Objects.requireNonNull(rayId, "rayId");
    checks().equal("the ray id", rayId, error().rayId());
    return this;
  }

  /** Asserts that the fix in the diagnosis contains that string. */
  public WorkerFailureAssert<E> hasFixContaining(String text) {
    Objects.requireNonNull(text, "text");
    String fix = error().diagnosis().fix();
    if (!fix.contains(text)) {
      throw checks().failure("Expected the fix to contain \"" + text + "\", but it was: " + fix);
    }
    return this;
  }

  private ServiceError error() {
    isNotNull();
    return actual.serviceError();
  }

  private CallChecks checks() {
    return new CallChecks(error().attempts(), this::failed);
  }

  private AssertionError failed(String text) {
    AssertionError error = failure("%s", text + "\n" + CallText.of(actual));
    error.initCause(actual);
    return error;
  }
}

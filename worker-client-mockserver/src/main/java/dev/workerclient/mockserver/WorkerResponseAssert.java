package dev.workerclient.mockserver;

import dev.workerclient.RouteKind;
import dev.workerclient.WorkerResponse;
import dev.workerclient.error.WorkerException;
import java.util.Objects;
import org.assertj.core.api.AbstractObjectAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on the target's response and its attempts. Each returns this object or throws an
 * AssertionError. Not thread-safe.
 */
@SuppressWarnings("exports") // AssertJ is optional; who uses this class requires it.
public class WorkerResponseAssert
    extends AbstractObjectAssert<WorkerResponseAssert, WorkerResponse> {

  WorkerResponseAssert(@Nullable WorkerResponse actual) {
    super(actual, WorkerResponseAssert.class);
  }

  /** Asserts the target's own status. */
  public WorkerResponseAssert hasStatus(int status) {
    checks().equal("the status", status, actual.status());
    return this;
  }

  /** Asserts the whole body as a UTF-8 string. */
  public WorkerResponseAssert hasBody(String text) {
    Objects.requireNonNull(text, "text");
    checks().equal("the body", "\"" + text + "\"", "\"" + actual.string() + "\"");
    return this;
  }

  /**
   * Asserts the route that answered.
   *
   * @param route {@code binding-proxy} or {@code custom-domain}
   * @throws IllegalArgumentException if there is no such route
   */
  public WorkerResponseAssert onRoute(String route) {
    Objects.requireNonNull(route, "route");
    checks().lastRoute(route);
    return this;
  }

  /** Asserts the route of the last attempt. */
  public WorkerResponseAssert onRoute(RouteKind route) {
    Objects.requireNonNull(route, "route");
    return onRoute(route.routeName());
  }

  /** Asserts how many attempts were made, over all routes. */
  public WorkerResponseAssert hasAttempts(int number) {
    checks().number(number);
    return this;
  }

  /**
   * Asserts the routes of all attempts, in order.
   *
   * @param routes {@code binding-proxy} or {@code custom-domain} for each attempt
   * @throws IllegalArgumentException if there is no such route
   */
  public WorkerResponseAssert hasAttemptsOn(String... routes) {
    Objects.requireNonNull(routes, "routes");
    checks().routes(routes);
    return this;
  }

  /** Asserts the routes of all attempts, in order. */
  public WorkerResponseAssert hasAttemptsOn(RouteKind first, RouteKind... further) {
    Objects.requireNonNull(first, "first");
    Objects.requireNonNull(further, "further");
    return hasAttemptsOn(CallChecks.names(first, further));
  }

  /**
   * Asserts that an earlier attempt failed with that type; {@code WorkerException.class} matches
   * any failure.
   */
  public WorkerResponseAssert cameAfter(Class<? extends WorkerException> type) {
    Objects.requireNonNull(type, "type");
    checks().cameAfter(type, null);
    return this;
  }

  private CallChecks checks() {
    isNotNull();
    return new CallChecks(
        actual.attempts(), text -> failure("%s", text + "\n" + CallText.of(actual)));
  }
}

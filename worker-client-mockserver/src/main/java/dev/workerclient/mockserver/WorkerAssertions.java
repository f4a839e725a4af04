package dev.workerclient.mockserver;

import dev.workerclient.WorkerResponse;
import dev.workerclient.error.WorkerException;
import java.util.Objects;
import org.assertj.core.annotation.CheckReturnValue;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/**
 * AssertJ assertions for the result of a call. They need {@code assertj-core} on the class path.
 *
 * <pre>{@code
 * assertThatWorkerCall(() -> service.get("/v1/x").execute())
 *     .failsWith(Error1042Exception.class)
 *     .onRoute("custom-domain")
 *     .isSafeToResend();
 *
 * assertThatWorkerResponse(service.get("/v1/x").execute())
 *     .hasStatus(200)
 *     .onRoute("custom-domain")
 *     .cameAfter(BindingNotFoundException.class);
 * }</pre>
 *
 * <p>A failed assertion throws an AssertionError that says what was expected, what was found, and
 * how each attempt of the call ended. To collect them, use {@code softly.check(() -> …)} of
 * AssertJ's soft assertions.
 */
@CheckReturnValue
@SuppressWarnings("exports") // AssertJ is optional; who uses this class requires it.
public final class WorkerAssertions {
  private WorkerAssertions() {}

  /**
   * Makes the call immediately, and keeps its exception for {@link WorkerCallAssert#failsWith}. If
   * the call should succeed, use {@link #assertThatWorkerResponse} instead.
   *
   * @param call one call, blocking or async; may wait by {@code join()} or {@code get()}
   */
  public static WorkerCallAssert assertThatWorkerCall(ThrowingCallable call) {
    Objects.requireNonNull(call, "call");
    return WorkerCallAssert.of(call);
  }

  /** Starts assertions on an exception. */
  public static <E extends WorkerException> WorkerFailureAssert<E> assertThatWorkerFailure(
      @Nullable E failure) {
    return new WorkerFailureAssert<>(failure);
  }

  /** Starts assertions on a response and its attempts. */
  public static WorkerResponseAssert assertThatWorkerResponse(@Nullable WorkerResponse response) {
    return new WorkerResponseAssert(response);
  }
}

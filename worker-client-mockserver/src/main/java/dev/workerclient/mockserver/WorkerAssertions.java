package dev.workerclient.mockserver;

import dev.workerclient.WorkerResponse;
import dev.workerclient.error.WorkerException;
import java.util.Objects;
import org.assertj.core.annotation.CheckReturnValue;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/**
 * AssertJ assertions on how a call ended; they need {@code assertj-core} on the class path.
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
 * <p>An assertion that fails throws an AssertionError which says what was expected, what was there,
 * and how each attempt of the call ended. Within {@code softly.check(() -> …)} of AssertJ's soft
 * assertions it is collected.
 */
@CheckReturnValue
@SuppressWarnings("exports") // AssertJ is optional; who uses this class requires it.
public final class WorkerAssertions {
  private WorkerAssertions() {}

  /**
   * Makes the call at once, and keeps what it throws for {@link WorkerCallAssert#failsWith}. Of a
   * call that should be answered, assert the response: {@link #assertThatWorkerResponse}.
   *
   * @param call one call, blocking or async; may wait by {@code join()} or {@code get()}
   */
  public static WorkerCallAssert assertThatWorkerCall(ThrowingCallable call) {
    Objects.requireNonNull(call, "call");
    return WorkerCallAssert.of(call);
  }

  /** Starts assertions on a failure that the test already holds. */
  public static <E extends WorkerException> WorkerFailureAssert<E> assertThatWorkerFailure(
      @Nullable E failure) {
    return new WorkerFailureAssert<>(failure);
  }

  /** Starts assertions on an answer and on the attempts that led to it. */
  public static WorkerResponseAssert assertThatWorkerResponse(@Nullable WorkerResponse response) {
    return new WorkerResponseAssert(response);
  }
}

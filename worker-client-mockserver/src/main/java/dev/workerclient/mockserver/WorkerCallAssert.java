package dev.workerclient.mockserver;

import dev.workerclient.error.WorkerException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.assertj.core.api.Descriptable;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.description.Description;
import org.assertj.core.description.EmptyTextDescription;
import org.assertj.core.error.DescriptionFormatter;
import org.jspecify.annotations.Nullable;

/** A call that was made; see {@link WorkerAssertions#assertThatWorkerCall}. Not thread-safe. */
@SuppressWarnings("exports") // AssertJ is optional; who uses this class requires it.
public final class WorkerCallAssert implements Descriptable<WorkerCallAssert> {
  private final @Nullable Throwable thrown;
  private Description description = EmptyTextDescription.emptyDescription();

  private WorkerCallAssert(@Nullable Throwable thrown) {
    this.thrown = thrown;
  }

  static WorkerCallAssert of(ThrowingCallable call) {
    try {
      call.call();
    } catch (Throwable e) {
      return new WorkerCallAssert(e);
    }
    return new WorkerCallAssert(null);
  }

  /**
   * Sets the description in front of the message of a failed assertion, for this and the following
   * ones.
   */
  @Override
  public WorkerCallAssert describedAs(Description text) {
    this.description = Objects.requireNonNull(text, "text");
    return this;
  }

  /**
   * Asserts that the call failed with that type or a subtype; {@code WorkerException.class} matches
   * any failure of a call. The exception may be wrapped in a CompletionException, an
   * ExecutionException, or the IOException of a streamed body that broke.
   *
   * @throws AssertionError if the call returned or threw something else, which is then its cause
   */
  public <E extends WorkerException> WorkerFailureAssert<E> failsWith(Class<E> type) {
    Objects.requireNonNull(type, "type");
    WorkerException failure = failure(thrown);
    if (type.isInstance(failure)) {
      return new WorkerFailureAssert<>(type.cast(failure)).as(description);
    }
    throw new AssertionError(
        DescriptionFormatter.instance().format(description)
            + "Expected the call to fail with "
            + type.getSimpleName()
            + ", but "
            + outcome(failure),
        failure == null ? thrown : failure);
  }

  private String outcome(@Nullable WorkerException failure) {
    if (failure != null) {
      return "it failed with "
          + failure.getClass().getSimpleName()
          + ".\n"
          + CallText.of(failure)
          + "\nIts message: "
          + failure.getMessage();
    }
    return thrown == null ? "it returned." : "it threw " + thrown;
  }

  private static @Nullable WorkerException failure(@Nullable Throwable thrown) {
    Throwable inner = thrown;
    while (inner instanceof CompletionException
        || inner instanceof ExecutionException
        || inner instanceof UncheckedIOException
        || inner instanceof IOException) {
      inner = inner.getCause();
    }
    return inner instanceof WorkerException failure ? failure : null;
  }
}

package dev.workerclient.internal.call;

import dev.workerclient.error.Attempt;
import dev.workerclient.error.WorkerException;
import dev.workerclient.internal.http.CallSpec.Header;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sees one call go by, on the thread that runs it. Implementations throw nothing. */
public interface CallObserver {
  /** Sees nothing. */
  CallObserver NONE = new CallObserver() {};

  /** The call begins. */
  default void started() {}

  /** An attempt begins on that route; the first is number 1. Returns headers to send with it. */
  default List<Header> attemptStarted(String route, int number) {
    return List.of();
  }

  /** An attempt ended. */
  default void attemptEnded(Attempt attempt) {}

  /** The call ended, with an answer where {@code failure} is null. */
  default void ended(Duration elapsed, List<Attempt> attempts, @Nullable WorkerException failure) {}
}

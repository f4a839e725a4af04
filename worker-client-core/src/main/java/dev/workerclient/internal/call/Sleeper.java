package dev.workerclient.internal.call;

import dev.workerclient.internal.http.Cancellation;
import java.time.Duration;

/** Waits between two attempts. */
@FunctionalInterface
public interface Sleeper {
  /** Really waits. */
  Sleeper REAL = (time, cancellation) -> cancellation.await(time);

  /** Returns after that time, or earlier where the call is cancelled or its thread interrupted. */
  void sleep(Duration time, Cancellation cancellation);
}

package dev.workerclient;

import dev.workerclient.error.Attempt;
import dev.workerclient.error.WorkerException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sees every call and attempt begin and end: for metrics and tracing.
 *
 * <p>The methods run on the thread that runs the call, which waits for them; those of a {@linkplain
 * AttemptInfo#isHedge hedge} on one of its own, beside those of the attempt that takes so long. An
 * attempt begins and ends on the same thread, and {@link Attempt#number} tells which one ended. If
 * a hedge that is no longer wanted does not end at once, its end comes after that of the call.
 * Calls run at the same time: an implementation is quick and thread-safe. An async call that ends
 * before it ran is reported by the thread that ended it: the one that cancelled the future, or a
 * timer's. What a method throws, even an {@link Error} or a checked exception, is logged and
 * changes nothing. All events of one call carry the same {@link CallInfo}, which keeps a listener's
 * own values, such as a span.
 */
public interface CallListener {
  /**
   * A call is made, on the thread of the application that makes it: where its context is to be had,
   * also for an async call. The events that follow may come on another thread.
   */
  default void callCreated(CallInfo call) {}

  /** A call begins to run; an async one may have waited before. */
  default void callStarted(CallInfo call) {}

  /**
   * An attempt is about to be sent, and can be given {@linkplain AttemptInfo#header headers}. A
   * repeat within the attempt, as after a dead connection, is an attempt of its own. By default,
   * calls {@link #attemptStarted(CallInfo, String, int)}.
   */
  default void attemptStarted(CallInfo call, AttemptInfo attempt) {
    attemptStarted(call, attempt.route(), attempt.number());
  }

  /**
   * The same, for listeners that add no headers.
   *
   * @param route {@code binding-proxy} or {@code custom-domain}
   * @param number 1 for the call's first
   */
  default void attemptStarted(CallInfo call, String route, int number) {}

  /** An attempt ended, with an answer or a failure. */
  default void attemptEnded(CallInfo call, Attempt attempt) {}

  /**
   * The call ended. A streamed answer counts as the end, its body not yet read.
   *
   * @param elapsed since the call was made, so with the wait of an async one
   * @param attempts every attempt, in order; the last one is that whose outcome counts
   * @param failure what the caller gets thrown, or null for an answer
   */
  default void callEnded(
      CallInfo call, Duration elapsed, List<Attempt> attempts, @Nullable WorkerException failure) {}
}

package dev.workerclient;

import dev.workerclient.error.Attempt;
import dev.workerclient.error.WorkerException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Is notified when calls and attempts begin and end. For metrics and tracing.
 *
 * <p>Implementations must be fast and thread-safe: the thread that runs a call also runs the
 * listener, and calls run concurrently. Exceptions and errors that a method throws are logged and
 * otherwise ignored.
 *
 * <p>An attempt begins and ends on the same thread, and {@link Attempt#number} says which one
 * ended. A {@linkplain AttemptInfo#isHedge hedge} runs on its own thread, concurrently with the
 * slow attempt; if it can't be cancelled immediately, it ends after the call. An async call that
 * ends before it ran is reported by the thread that ended it: the one that cancelled the future, or
 * a timer thread. All events of a call get the same {@link CallInfo}, to which you can attach
 * values such as a span.
 *
 * <p>The opening of an RPC session is a call with attempts. A call in the session, or a joined
 * promise, is one without attempt events, since it is not a request of its own: {@link #callEnded}
 * gets one attempt. An async one starts and ends on the thread that completes it.
 */
public interface CallListener {
  /**
   * Called when a call is created, on the application's thread, also for an async call; so its
   * context is available here. Later events may come on another thread.
   */
  default void callCreated(CallInfo call) {}

  /** Called when a call begins to run. An async call may have been queued before. */
  default void callStarted(CallInfo call) {}

  /**
   * Called when an attempt is about to be sent, and can set {@linkplain AttemptInfo#header headers}
   * on it. Sending again after a dead connection is a new attempt. The default implementation calls
   * {@link #attemptStarted(CallInfo, String, int)}.
   */
  default void attemptStarted(CallInfo call, AttemptInfo attempt) {
    attemptStarted(call, attempt.route(), attempt.number());
  }

  /**
   * Called when an attempt is about to be sent; for listeners that do not set headers.
   *
   * @param route {@code binding-proxy} or {@code custom-domain}
   * @param number 1 for the call's first
   */
  default void attemptStarted(CallInfo call, String route, int number) {}

  /** Called when an attempt has ended, with a response or a failure. */
  default void attemptEnded(CallInfo call, Attempt attempt) {}

  /**
   * Called when the call has ended. For a streamed response that is before its body is read.
   *
   * @param elapsed the time since the call was created, including the time in the queue
   * @param attempts every attempt in order; the outcome of the last one counts
   * @param failure the exception that the caller gets, or null if the target answered
   */
  default void callEnded(
      CallInfo call, Duration elapsed, List<Attempt> attempts, @Nullable WorkerException failure) {}
}

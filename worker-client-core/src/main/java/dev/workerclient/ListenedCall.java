package dev.workerclient;

import dev.workerclient.error.Attempt;
import dev.workerclient.error.WorkerException;
import dev.workerclient.internal.call.CallObserver;
import dev.workerclient.internal.route.Operation;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a listener of one call, and keeps what the listener throws from the call. */
final class ListenedCall implements CallObserver {
  private static final Logger LOGGER = LoggerFactory.getLogger("dev.workerclient");

  private final CallListener listener;
  private final CallInfo call;

  private ListenedCall(CallListener listener, CallInfo call) {
    this.listener = listener;
    this.call = call;
  }

  /** Returns what sees nothing where there is no listener. */
  static CallObserver of(@Nullable CallListener listener, String service, Operation operation) {
    return listener == null
        ? NONE
        : new ListenedCall(listener, new CallInfo(service, operation.toString()));
  }

  @Override
  public void started() {
    tell(() -> listener.callStarted(call));
  }

  @Override
  public void attemptStarted(String route, int number) {
    tell(() -> listener.attemptStarted(call, route, number));
  }

  @Override
  public void attemptEnded(Attempt attempt) {
    tell(() -> listener.attemptEnded(call, attempt));
  }

  @Override
  public void ended(Duration elapsed, List<Attempt> attempts, @Nullable WorkerException failure) {
    tell(() -> listener.callEnded(call, elapsed, attempts, failure));
  }

  private static void tell(Runnable event) {
    try {
      event.run();
    } catch (RuntimeException | Error e) {
      LOGGER.warn("the CallListener threw; the call goes on", e);
    }
  }
}

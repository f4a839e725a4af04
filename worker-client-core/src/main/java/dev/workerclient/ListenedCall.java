package dev.workerclient;

import dev.workerclient.error.Attempt;
import dev.workerclient.error.WorkerException;
import dev.workerclient.internal.call.Call;
import dev.workerclient.internal.http.CallSpec.Header;
import dev.workerclient.internal.http.UserCode;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the listeners of one call, and keeps what they throw from the call and from each other. */
final class ListenedCall implements Call.Observer {
  private static final Logger LOGGER = LoggerFactory.getLogger("dev.workerclient");

  private final List<CallListener> listeners;
  private final CallInfo call;

  private ListenedCall(List<CallListener> listeners, CallInfo call) {
    this.listeners = listeners;
    this.call = call;
  }

  /** Begins to tell the listeners of a call, which was made now. */
  static ListenedCall of(List<CallListener> listeners, CallInfo call) {
    ListenedCall observer = new ListenedCall(listeners, call);
    observer.tell(listener -> listener.callCreated(call));
    return observer;
  }

  @Override
  public void started() {
    tell(listener -> listener.callStarted(call));
  }

  @Override
  public List<Header> attemptStarted(String route, HttpUrl url, int number, boolean hedge) {
    AttemptInfo attempt = new AttemptInfo(route, url, number, hedge);
    tell(listener -> listener.attemptStarted(call, attempt));
    return attempt.begin();
  }

  @Override
  public void attemptEnded(Attempt attempt) {
    tell(listener -> listener.attemptEnded(call, attempt));
  }

  @Override
  public void ended(Duration elapsed, List<Attempt> attempts, @Nullable WorkerException failure) {
    tell(listener -> listener.callEnded(call, elapsed, attempts, failure));
  }

  private void tell(Consumer<CallListener> event) {
    for (CallListener listener : listeners) {
      try {
        event.accept(listener);
      } catch (Throwable e) { // Kotlin throws checked exceptions too.
        LOGGER.warn("the CallListener threw; the call is not affected", UserCode.ignored(e));
      }
    }
  }
}

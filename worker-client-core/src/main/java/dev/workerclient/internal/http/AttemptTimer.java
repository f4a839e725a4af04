package dev.workerclient.internal.http;

import java.util.concurrent.atomic.AtomicReference;

/** Cancels an HTTP call at its limit, unless the call is disarmed before. Thread-safe. */
final class AttemptTimer {
  private enum State {
    ARMED,
    FIRED,
    DISARMED
  }

  private final okhttp3.Call call;
  private final AtomicReference<State> state = new AtomicReference<>(State.ARMED);

  AttemptTimer(okhttp3.Call call) {
    this.call = call;
  }

  void fire() {
    if (state.compareAndSet(State.ARMED, State.FIRED)) {
      call.cancel();
    }
  }

  /** Lets the call live on beyond the limit; false where the timer has fired already. */
  boolean disarm() {
    return state.compareAndSet(State.ARMED, State.DISARMED);
  }

  boolean hasFired() {
    return state.get() == State.FIRED;
  }
}

package dev.workerclient.rpc;

import org.jspecify.annotations.Nullable;

/** Why a session is over; each call of it makes an exception of its own from this. */
final class SessionEnd extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean byUser;

  /** How many bytes had surely been written when it ended; what begins later never left. */
  private final long written;

  /** The id of the last call that may have run: the binding proxy names it. */
  private final long lastCall;

  SessionEnd(String how, @Nullable Throwable cause, boolean byUser, long written, long lastCall) {
    super(how, cause, false, false);
    this.byUser = byUser;
    this.written = written;
    this.lastCall = lastCall;
  }

  String how() {
    return String.valueOf(getMessage());
  }

  boolean isByUser() {
    return byUser;
  }

  /** Whether nothing of that call ran, whose message begins there in the stream of sent bytes. */
  boolean neverRan(long id, long position) {
    return position > written || id > lastCall;
  }
}

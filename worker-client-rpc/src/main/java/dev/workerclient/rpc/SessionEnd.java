package dev.workerclient.rpc;

import org.jspecify.annotations.Nullable;

/** Why a session is over; each call of it makes an exception of its own from this. */
final class SessionEnd extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean byUser;

  /** How many bytes had surely been written when it ended; what begins later never left. */
  private final long written;

  SessionEnd(String how, @Nullable Throwable cause, boolean byUser, long written) {
    super(how, cause, false, false);
    this.byUser = byUser;
    this.written = written;
  }

  String how() {
    return String.valueOf(getMessage());
  }

  boolean isByUser() {
    return byUser;
  }

  /** Whether nothing of a message was written that begins there in the stream of sent bytes. */
  boolean leftUnwritten(long position) {
    return position > written;
  }
}

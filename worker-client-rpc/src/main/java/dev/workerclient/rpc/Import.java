package dev.workerclient.rpc;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What the Worker keeps for us: the result of a call, by a positive id, or an object or function
 * that it sent, by a negative one. Released once: by the user, or by the garbage collector.
 * Thread-safe.
 */
final class Import {
  private final Session session;
  private final long id;
  private final AtomicBoolean released = new AtomicBoolean();

  /** What the value arrives in, once it was asked for; guarded by the session's lock. */
  @Nullable Inbound value;

  Import(Session session, long id) {
    this.session = session;
    this.id = id;
  }

  long id() {
    return id;
  }

  Session session() {
    return session;
  }

  boolean isReleased() {
    return released.get();
  }

  /** Lets the Worker drop it; does nothing the second time. */
  boolean release() {
    boolean first = released.compareAndSet(false, true);
    if (first) {
      session.release(this);
    }
    return first;
  }

  /** Releases it when nobody can reach the owner any more, which must not be reachable from it. */
  void releaseAfter(RpcNode owner) {
    Leaks.after(owner, this::release);
  }

  /** The same, for an owner that should have been closed: then where it was made is logged. */
  void releaseAfter(RpcNode owner, String what) {
    Leaks.watch(
        owner,
        "a " + what + " was not closed; close it, as by try-with-resources",
        () -> session.isOpen() && release());
  }
}

package dev.workerclient.rpc;

import java.lang.ref.Cleaner;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the Worker keeps for us: the result of a call, by a positive id, or an object or function
 * that it sent, by a negative one. Released once: by the user, or by the garbage collector.
 * Thread-safe.
 */
final class Import {
  private static final Logger LOGGER = LoggerFactory.getLogger("dev.workerclient.rpc");
  private static final Cleaner CLEANER = Cleaner.create();
  private static final int MOST_PLACES = 1000;
  private static final Set<String> LEAKING_PLACES = ConcurrentHashMap.newKeySet();

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
    CLEANER.register(owner, this::release);
  }

  /** The same, for an owner that should have been closed: then where it was made is logged. */
  void releaseAfter(RpcNode owner, String what) {
    String place = place();
    CLEANER.register(owner, () -> leaked(what, place));
  }

  private void leaked(String what, String place) {
    if (session.isOpen()
        && release()
        && LEAKING_PLACES.size() < MOST_PLACES
        && LEAKING_PLACES.add(place)) {
      LOGGER.warn(
          "a {} was not closed, so that the Worker kept its object until the garbage collector ran;"
              + " close it, as by try-with-resources. It was made at {}; this place is named once",
          what,
          place);
    }
  }

  /** The user's line that the library was called from. */
  private static String place() {
    return StackWalker.getInstance()
        .walk(frames -> frames.filter(Import::isUsers).findFirst())
        .map(Object::toString)
        .orElse("an unknown place");
  }

  private static boolean isUsers(StackWalker.StackFrame frame) {
    String name = frame.getClassName();
    return !name.substring(0, name.lastIndexOf('.') + 1).equals("dev.workerclient.rpc.")
        && !name.startsWith("dev.workerclient.internal.")
        && !name.startsWith("java.")
        && !name.startsWith("jdk.")
        && !name.startsWith("com.fasterxml.jackson.")
        && !name.contains("$Proxy");
  }
}

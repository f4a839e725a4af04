package dev.workerclient.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/**
 * What one session uses of the binding proxy, which refuses a call too many, and at last the
 * session. A call waits here for its place instead. Guarded by the session's lock.
 */
final class SessionQuota {
  final SessionLimits limits;
  private final Condition changed;

  /** The characters of each call that may still run, by its id. */
  private final Map<Long, Integer> running = new HashMap<>();

  /** Of those, the ones whose end nobody asked for yet. */
  private final Deque<Import> unasked = new ArrayDeque<>();

  private long characters;
  private int kept;

  SessionQuota(SessionLimits limits, Condition changed) {
    this.limits = limits;
    this.changed = changed;
  }

  /** Whether the proxy takes a call of so many characters now. */
  boolean hasRoom(int size) {
    return running.size() < limits.callsInFlight()
        && kept < limits.exports()
        && (running.isEmpty() || characters + size <= limits.argumentCharacters());
  }

  /** Whether nothing that is under way can make room: too many results are kept. */
  boolean isFullOfResults() {
    return running.isEmpty() && kept >= limits.exports();
  }

  /** What is in use, for a person. */
  String usage() {
    return running.size()
        + " of "
        + limits.callsInFlight()
        + " calls in flight, "
        + kept
        + " of "
        + limits.exports()
        + " results kept";
  }

  /** A call is about to be sent. */
  void sent(long id, int size) {
    running.put(id, size);
    characters += size;
    kept++;
  }

  /** The same of one whose value nobody asked for. */
  void sent(Import call, int size) {
    sent(call.id(), size);
    unasked.add(call);
  }

  /** Its value is asked for. */
  void asked(Import call) {
    unasked.remove(call);
  }

  /** A call whose end is to be asked for, since another one waits for its place. */
  @Nullable Import nextUnasked() {
    return unasked.poll();
  }

  /**
   * Whether the proxy may still run it. It does not say when a call has ended that was released.
   */
  boolean isRunning(long id) {
    return running.containsKey(id);
  }

  /** The proxy told how a call ended. */
  void ended(long id, @Nullable JsonNode value) {
    Integer size = running.remove(id);
    characters -= size == null ? 0 : size;
    if (value != null && "export".equals(value.path(0).textValue())) {
      kept++; // The object has an id of its own.
    }
    changed.signal();
  }

  /** The proxy lets go of a result or an object. */
  void released() {
    kept--;
    changed.signal();
  }

  /** Waits for a change, and returns how much of the time is left. */
  @SuppressWarnings("WaitNotInLoop") // The caller loops.
  long await(long nanos) throws InterruptedException {
    return changed.awaitNanos(nanos);
  }

  /** Lets the next one look that waits, since this one takes less than there is. */
  void passOn() {
    if (hasRoom(0)) {
      changed.signal();
    }
  }

  /** The session is over. */
  void ended() {
    unasked.clear();
    changed.signalAll();
  }
}

package dev.workerclient.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.workerclient.internal.rpc.ProtocolException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values that a session waits for, by the ids of calls, and of the promises that stand in other
 * values. Guarded by the session's lock.
 */
final class Awaited {
  /** How many promises in values, and messages around them, may wait for a Worker. */
  private static final int MOST_PROMISES = 100_000;

  private final Exports exports;
  private final long mostParked;
  private final Map<Long, Inbound> values = new HashMap<>();
  private int promises;
  private long parked;

  /**
   * Makes it.
   *
   * @param mostParked how many characters values may have that are not whole
   */
  Awaited(Exports exports, long mostParked) {
    this.exports = exports;
    this.mostParked = mostParked;
  }

  void put(long id, Inbound value) {
    values.put(id, value);
  }

  boolean remove(long id, Inbound value) {
    return values.remove(id, value);
  }

  /** Takes what a message settles; null if nobody waits for it. */
  @Nullable Inbound take(long id) {
    Inbound value = values.remove(id);
    promises -= value != null && id < 0 ? 1 : 0;
    return value;
  }

  /**
   * Adds a value to what arrives, and awaits the promises in it.
   *
   * @throws ProtocolException if there are too many of them, or one is awaited already
   */
  void add(Inbound inbound, long id, boolean rejected, @Nullable JsonNode value, int characters)
      throws ProtocolException {
    parked += inbound.isWhole() ? 0 : characters;
    for (long each : inbound.add(id, rejected, value, characters, exports)) {
      if (each >= 0 || values.putIfAbsent(each, inbound) != null) {
        throw new ProtocolException("a promise has an id that is in use");
      }
      promises++;
    }
    parked -= inbound.isWhole() ? inbound.size() : 0;
    if (promises > MOST_PROMISES || parked > mostParked) {
      throw new ProtocolException("too many promises stand in values, and are not settled");
    }
  }

  /** Takes all. */
  Collection<Inbound> clear() {
    List<Inbound> all = List.copyOf(values.values());
    values.clear();
    return all;
  }

  int size() {
    return values.size();
  }
}

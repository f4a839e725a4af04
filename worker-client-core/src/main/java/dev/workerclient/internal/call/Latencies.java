package dev.workerclient.internal.call;

import dev.workerclient.internal.http.CallSpec;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What is usual on one route, by operation: a report that takes seconds says nothing of a look-up.
 * Thread-safe.
 */
public final class Latencies {
  /** Paths that are not templates could have any number; the calls of further ones share one. */
  private static final int MOST = 100;

  private final int percentile;
  private final Map<String, Latency> reads = new ConcurrentHashMap<>();
  private final Map<String, Latency> others = new ConcurrentHashMap<>();
  private volatile @Nullable Latency shared;

  /**
   * Makes one that knows nothing yet.
   *
   * @param percentile the percentage of answers that {@link Latency#usual} is about
   */
  public Latencies(int percentile) {
    this.percentile = percentile;
  }

  /** What is known of the call's operation. */
  Latency of(CallSpec spec) {
    String operation = spec.name();
    if (operation == null) {
      operation = spec.template();
      if (operation == null) {
        return shared();
      }
    }
    Map<String, Latency> known = spec.isRead() ? reads : others;
    Latency latency = known.get(operation);
    if (latency != null) {
      return latency;
    }
    if (known.size() >= MOST) {
      return shared();
    }
    Latency made = new Latency(percentile);
    Latency other = known.putIfAbsent(operation, made);
    return other == null ? made : other;
  }

  private Latency shared() {
    Latency known = shared;
    return known == null ? share() : known;
  }

  private synchronized Latency share() {
    Latency made = shared;
    if (made == null) {
      made = new Latency(percentile);
      shared = made;
    }
    return made;
  }

  /** Forgets everything. */
  public void clear() {
    reads.clear();
    others.clear();
    shared = null;
  }

  /**
   * How long the answers of one operation took lately on one route. Thread-safe; a time that is
   * lost to a race does no harm.
   */
  static final class Latency {
    /** What is given until enough answers are known. */
    static final long UNKNOWN = Long.MAX_VALUE;

    /** How many answers must be known before they say what is usual. */
    static final int LEAST = 20;

    private static final int KEPT = 200;

    /** Room to sort in, for one at a time. */
    private static final int[] SORTED = new int[KEPT];

    private static final int ANEW = 16;

    /** Longer than so many times what 99 of 100 answers take is far too long. */
    static final int FAR = 8;

    /** Less is never far too long: a garbage collection or a cold start takes as much. */
    private static final long LEAST_LIMIT = 100_000_000;

    private final int percentile;

    /** The last ones, in microseconds. */
    private final int[] times = new int[KEPT];

    private final AtomicInteger added = new AtomicInteger();
    private final AtomicInteger far = new AtomicInteger();

    /** Within how many nanoseconds that percentage of answers is there, or {@link #UNKNOWN}. */
    volatile long usual = UNKNOWN;

    /** After how many nanoseconds an answer takes far too long, or {@link #UNKNOWN}. */
    volatile long limit = UNKNOWN;

    /** Makes one without any answers. */
    Latency(int percentile) {
      this.percentile = percentile;
    }

    /**
     * Adds the time of an answer, or of an attempt that was given up after longer than usual. Of
     * those that took far too long only one in eight counts, so that what is usual for the route
     * does not become what it does while it is sick.
     */
    void add(long nanos) {
      if (nanos > limit && (far.getAndIncrement() & 7) != 7) {
        return;
      }
      int number = added.getAndIncrement() & Integer.MAX_VALUE;
      times[number % KEPT] = (int) Math.min(nanos / 1_000, Integer.MAX_VALUE);
      int known = number + 1;
      if (known % ANEW == 0 || known == LEAST) {
        compute(known);
      }
    }

    private void compute(int known) {
      int size = Math.min(known, KEPT);
      if (size < LEAST) {
        return;
      }
      synchronized (SORTED) {
        System.arraycopy(times, 0, SORTED, 0, size);
        Arrays.sort(SORTED, 0, size);
        usual = at(percentile, size);
        limit = Math.max(LEAST_LIMIT, FAR * at(99, size));
      }
    }

    private static long at(int percent, int size) {
      return 1_000L * SORTED[(size * percent + 99) / 100 - 1];
    }
  }
}

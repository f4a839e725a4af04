package dev.workerclient.benchmarks.loopback;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

/** What all threads of this process allocate, but for those that end meanwhile. */
public final class AllocationMeter {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Map<Long, Long> before = new HashMap<>();

  private AllocationMeter() {
    long[] ids = THREADS.getAllThreadIds();
    long[] bytes = THREADS.getThreadAllocatedBytes(ids);
    for (int i = 0; i < ids.length; i++) {
      before.put(ids[i], bytes[i]);
    }
  }

  /** Starts to measure. */
  public static AllocationMeter start() {
    return new AllocationMeter();
  }

  /** Bytes since the start. */
  public long bytes() {
    long[] ids = THREADS.getAllThreadIds();
    long[] bytes = THREADS.getThreadAllocatedBytes(ids);
    long sum = 0;
    for (int i = 0; i < ids.length; i++) {
      sum += Math.max(0, bytes[i] - before.getOrDefault(ids[i], 0L));
    }
    return sum;
  }
}

package dev.workerclient.benchmarks.loopback;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What all threads of this process compute, the collector's and the compiler's too. On Linux by
 * thread, since the JVM's own count for the process has steps of 10 ms there.
 */
final class CpuMeter {
  private static final Path THREADS = Path.of("/proc/self/task");
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final Map<String, Long> before = times();

  private CpuMeter() {}

  /** Starts to measure. */
  static CpuMeter start() {
    return new CpuMeter();
  }

  /** Nanoseconds since the start, but for those of threads that have ended. */
  long nanos() {
    long sum = 0;
    for (Map.Entry<String, Long> each : times().entrySet()) {
      sum += each.getValue() - before.getOrDefault(each.getKey(), 0L);
    }
    return sum;
  }

  private static Map<String, Long> times() {
    if (!Files.exists(THREADS.resolveSibling("schedstat"))) {
      return Map.of("process", SYSTEM.getProcessCpuTime());
    }
    Map<String, Long> times = new HashMap<>();
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
      for (Path thread : threads) {
        try {
          String text = Files.readString(thread.resolve("schedstat"));
          times.put(thread.toString(), Long.parseLong(text.substring(0, text.indexOf(' '))));
        } catch (IOException e) {
          // The thread has ended, before its file was opened or before it was read.
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return times;
  }
}

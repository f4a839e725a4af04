package dev.workerclient.benchmarks.loopback;

/** What one client did in one round; latencies in milliseconds, CPU time of a call. */
record Turn(double callsPerSecond, double p50, double p99, double bytesPerCall, double cpuMicros) {
  static Turn of(Latencies latencies, long nanos, long bytes, long cpuNanos) {
    int calls = latencies.count();
    return new Turn(
        calls * 1e9 / nanos,
        latencies.percentile(0.5),
        latencies.percentile(0.99),
        (double) bytes / calls,
        cpuNanos / 1e3 / calls);
  }
}

package dev.workerclient.benchmarks.loopback;

/** What one client did in one round; times in milliseconds. */
record Turn(double callsPerSecond, double p50, double p99, double bytesPerCall) {
  static Turn of(Latencies latencies, long nanos, long bytes) {
    int calls = latencies.count();
    return new Turn(
        calls * 1e9 / nanos,
        latencies.percentile(0.5),
        latencies.percentile(0.99),
        (double) bytes / calls);
  }
}

package dev.workerclient.benchmarks.parts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.benchmarks.loopback.AllocationMeter;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What a call allocates where nothing is sent, and which part does. */
class PartsCostTest {
  private static final int CALLS = 30_000;

  /** What holds today; to reach: 64. */
  private static final double MORE_THAN_RAW = 1_000;

  /** A snapshot that resilience4j makes of each result takes 40. */
  private static final double BREAKER_AND_RETRY = 100;

  private final CallBenchmark calls = new CallBenchmark();

  @Test
  void aCallAllocatesLittleMoreThanRawOkHttpWithTheSameUrl() throws Exception {
    double raw = bytesPerCall(calls::rawOkHttpTextUrl);

    assertThat(bytesPerCall(calls::workerClient) - raw).isLessThan(MORE_THAN_RAW);
  }

  @Test
  void breakerAndRetryTogetherAllocateNextToNothing() throws Exception {
    double bare = bytesPerCall(calls::workerClientBare);

    assertThat(bytesPerCall(calls::workerClient) - bare).isLessThan(BREAKER_AND_RETRY);
  }

  private static double bytesPerCall(Callable<?> call) throws Exception {
    repeat(call); // Until it is compiled.
    AllocationMeter meter = AllocationMeter.start();
    repeat(call);
    return (double) meter.bytes() / CALLS;
  }

  private static void repeat(Callable<?> call) throws Exception {
    for (int i = 0; i < CALLS; i++) {
      assertResult(call.call());
    }
  }

  private static void assertResult(Object result) {
    if (result == null) {
      throw new AssertionError("no answer");
    }
  }
}

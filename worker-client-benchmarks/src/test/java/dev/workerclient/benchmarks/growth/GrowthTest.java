package dev.workerclient.benchmarks.growth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.benchmarks.server.ServerProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must not grow with the work. */
class GrowthTest {
  /** Both routes, with what guards them and knows their latency; the rest is made for a call. */
  private static final double BYTES_OF_A_SERVICE = 2_560;

  private static final long MEBIBYTE = 1 << 20;
  private static final ServerProcess SERVER = ServerProcess.start(1);
  private static final LargeBodies BODIES = new LargeBodies(SERVER.url(0));

  @AfterAll
  static void close() {
    BODIES.close();
    SERVER.close();
  }

  @Test
  void aServiceThatIsNotUsedTakesLittleMemory() {
    assertThat(ManyServices.bytesEach(10_000)).isBetween(100.0, BYTES_OF_A_SERVICE);
  }

  @Test
  void aStreamedBodyIsNeverHeldWhole() throws Exception {
    LargeBodies.Cost warm = BODIES.stream(16 * MEBIBYTE);
    LargeBodies.Cost cost = BODIES.stream(256 * MEBIBYTE);

    assertThat(warm.outcome()).isEqualTo(16 * MEBIBYTE + " bytes");
    assertThat(cost.outcome()).isEqualTo(256 * MEBIBYTE + " bytes");
    assertThat(cost.bytes()).isLessThan(16 * MEBIBYTE);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 500})
  void gzipThatBecomesAGibibyteIsATypedFailureAtTheLimit(int status) {
    LargeBodies.Cost warm = BODIES.bomb(status);
    LargeBodies.Cost cost = BODIES.bomb(status);

    assertThat(warm.outcome()).isEqualTo("WorkerDecodingException");
    assertThat(cost.outcome()).isEqualTo("WorkerDecodingException");
    assertThat(cost.bytes()).isLessThan(20 * MEBIBYTE);
  }
}

package dev.workerclient.benchmarks.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.benchmarks.client.Contender;
import dev.workerclient.benchmarks.client.TestedClient;
import dev.workerclient.benchmarks.server.ServerProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What a call over loopback allocates in all threads together, beside raw OkHttp's. */
class AllocationTest {
  private static final String SMALL = "small";
  private static final String LARGE = "large";

  private static final int CALLS = 1_500;

  private static final int WARM_UP = 3;

  /** What holds today, when some code is not compiled yet; to reach: 256. Compiled, it is 850. */
  private static final double MORE_THAN_RAW = 1_700;

  private static final ServerProcess SERVER = ServerProcess.start(1);

  @AfterAll
  static void close() {
    SERVER.close();
  }

  @Test
  void aCallAllocatesLittleMoreThanRawOkHttpWithTheSameUrl() throws Exception {
    double raw = bytesPerCall(Contender.RAW_TEXT_URL, SMALL);

    assertThat(raw).as("what the meter sees of raw OkHttp").isBetween(4_000.0, 20_000.0);
    assertThat(bytesPerCall(Contender.WORKER_CLIENT, SMALL) - raw).isLessThan(MORE_THAN_RAW);
    assertThat(bytesPerCall(Contender.WORKER_CLIENT_PROXY, SMALL) - raw)
        .isLessThan(MORE_THAN_RAW + 200);
  }

  @Test
  void aBodyOf10KibibytesIsDecodedWithoutACopyOfItsOwn() throws Exception {
    double raw = bytesPerCall(Contender.RAW_TEXT_URL, LARGE);

    assertThat(bytesPerCall(Contender.WORKER_CLIENT, LARGE) - raw).isLessThan(MORE_THAN_RAW);
  }

  @Test
  void aCallAllocatesLessThanByPeersThatDecorateOkHttp() throws Exception {
    double ours = bytesPerCall(Contender.WORKER_CLIENT, SMALL);

    assertThat(ours).isLessThan(bytesPerCall(Contender.FEIGN, SMALL));
    assertThat(ours).isLessThan(bytesPerCall(Contender.SPRING_OKHTTP, SMALL));
  }

  private static double bytesPerCall(Contender contender, String body) throws Exception {
    try (TestedClient client = contender.connect(SERVER.url(0))) {
      for (int i = 0; i < WARM_UP; i++) {
        call(client, body);
      }
      AllocationMeter meter = AllocationMeter.start();
      call(client, body);
      return (double) meter.bytes() / CALLS;
    }
  }

  private static void call(TestedClient client, String body) throws Exception {
    for (int i = 0; i < CALLS; i++) {
      assertThat(client.get(body).enabled()).isTrue();
    }
  }
}

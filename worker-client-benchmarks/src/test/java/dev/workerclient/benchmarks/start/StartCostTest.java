package dev.workerclient.benchmarks.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.benchmarks.client.Contender;
import dev.workerclient.benchmarks.server.ServerProcess;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What an application takes on with the library. */
class StartCostTest {
  /** What holds today; to reach: 150. */
  private static final int MORE_CLASSES_THAN_RAW = 490;

  /** What holds today; to reach: 16. */
  private static final int JARS_WITH_JACKSON = 17;

  @Test
  void coreBringsFewJars() {
    assertThat(Closure.of("worker-client-core").jars()).isBetween(10, 13);
  }

  @Test
  void withJacksonItBringsFewJarsAndMegabytes() {
    Closure closure = Closure.of("worker-client-jackson");

    assertThat(closure.jars()).isBetween(13, JARS_WITH_JACKSON);
    assertThat(closure.bytes()).isBetween(4L << 20, 7L << 20);
  }

  @Test
  void untilTheFirstAnswerItLoadsFewClassesMoreThanRawOkHttp() throws Exception {
    try (ServerProcess server = ServerProcess.start(1)) {
      int raw = classes(Contender.RAW, server);

      assertThat(raw).isGreaterThan(1_000);
      assertThat(classes(Contender.WORKER_CLIENT, server) - raw).isLessThan(MORE_CLASSES_THAN_RAW);
    }
  }

  private static int classes(Contender contender, ServerProcess server) throws Exception {
    Closure closure = Objects.requireNonNull(Start.closures().get(contender));
    return new FirstAnswer(contender, closure, server.url(0)).classes();
  }
}

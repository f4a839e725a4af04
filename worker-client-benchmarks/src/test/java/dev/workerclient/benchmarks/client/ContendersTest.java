package dev.workerclient.benchmarks.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.benchmarks.Capability;
import dev.workerclient.benchmarks.server.ServerProcess;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** All clients bring the same, so that it is the same work that is compared. */
class ContendersTest {
  private static final ServerProcess SERVER = ServerProcess.start(1);

  @AfterAll
  static void close() {
    SERVER.close();
  }

  @ParameterizedTest
  @EnumSource
  void eachDecodesTheSameAnswer(Contender contender) throws Exception {
    try (TestedClient client = contender.connect(SERVER.url(0))) {
      Capability small = client.get("small");

      assertThat(small.name()).isEqualTo("tts");
      assertThat(small.price()).isEqualTo(0.25);
      assertThat(client.get("large").voices()).hasSizeGreaterThan(100);
    }
  }

  @ParameterizedTest
  @MethodSource("async")
  void theAsyncOnesDoSoLater(Contender contender) throws Exception {
    try (TestedClient client = contender.connect(SERVER.url(0))) {
      assertThat(client.start("small").get().enabled()).isTrue();
    }
  }

  static List<Contender> async() {
    return Contender.async();
  }
}

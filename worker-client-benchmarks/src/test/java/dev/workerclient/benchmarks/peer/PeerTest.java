package dev.workerclient.benchmarks.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workerclient.benchmarks.server.Behaviour;
import dev.workerclient.benchmarks.server.ServerProcess;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PeerTest {
  private static final ServerProcess SERVER = ServerProcess.start(2);
  private static final Duration LONG = Duration.ofSeconds(20);

  @AfterAll
  static void close() {
    SERVER.close();
  }

  @ParameterizedTest
  @EnumSource
  void sendsOneRequestForACallThatIsAnswered(Peer peer) throws Exception {
    behave(Behaviour.HEALTHY);
    try (PeerClient client = peer.connect(target(SERVER.url(0), SERVER.url(1)))) {
      client.call("GET");
      client.call("POST");
    }
    assertThat(SERVER.seen(0).requests()).isEqualTo(2);
    assertThat(SERVER.seen(1).requests()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void sendsAPostOnceIfItFails(Peer peer) throws Exception {
    behave(Behaviour.FAILS);
    try (PeerClient client = peer.connect(target(SERVER.url(0), SERVER.url(1)))) {
      assertThatThrownBy(() -> client.call("POST")).isInstanceOf(Exception.class);
    }
    assertThat(SERVER.seen(0).requests()).isEqualTo(1);
    assertThat(SERVER.seen(1).requests()).isZero();
  }

  private static void behave(Behaviour behaviour) {
    for (int listener = 0; listener < 2; listener++) {
      SERVER.behave(listener, behaviour, 0);
      SERVER.reset(listener);
    }
  }

  private static Target target(String... origins) {
    return new Target(List.of(origins), "/v1/capabilities/small", LONG, LONG, false);
  }
}

package dev.workerclient.benchmarks.idle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.benchmarks.peer.Peer;
import dev.workerclient.benchmarks.peer.PeerClient;
import dev.workerclient.benchmarks.peer.Target;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PausesTest {
  private static final int POSTS = 4;
  private static final Duration LONG = Duration.ofSeconds(20);

  @Test
  void eachPostThatDoesNotFailCameToTheServerOnce() {
    try (ClosingServer server = new ClosingServer(Duration.ofMillis(10));
        PeerClient client =
            Peer.OKHTTP_ONCE.connect(new Target(List.of(server.url()), "/", LONG, LONG, false))) {
      Pauses.Outcome outcome = new Pauses(POSTS, Duration.ofMillis(100)).run(client);

      assertThat(server.requests())
          .isEqualTo(POSTS - outcome.failedPosts() + Pauses.GETS - outcome.failedGets());
    }
  }
}

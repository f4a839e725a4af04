package dev.workerclient.benchmarks.brownout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.benchmarks.peer.Peer;
import dev.workerclient.benchmarks.server.Behaviour;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RaceTest {
  @Test
  void nobodySendsMorePostsThanThereAreCallsWhenSomeFail() throws Exception {
    Scenario scenario =
        new Scenario(
            "",
            "POST",
            2,
            80,
            Duration.ofMillis(500),
            List.of(Weather.always(Behaviour.FAILS, 20)));
    try (Race race = new Race(Peer.distinct())) {
      assertThat(race.run(scenario, Duration.ofMillis(200)))
          .hasSameSizeAs(Peer.distinct())
          .allSatisfy(
              outcome -> {
                assertThat(outcome.calls()).hasSize(40);
                assertThat(outcome.requests()).hasSize(2).isSorted();
                assertThat(outcome.requests().get(1)).isLessThanOrEqualTo(40);
              });
    }
  }
}

package dev.workerclient.benchmarks.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.benchmarks.server.ServerProcess;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** How many requests go to a route that brings no answers, before it is left out. */
class WastedRequestsTest {
  /** As many failures as open the breaker, and what is under way when it opens. */
  private static final int MOST = 5 + Callers.THREADS;

  private static final ServerProcess SERVER = ServerProcess.start(2);

  @AfterAll
  static void close() {
    SERVER.close();
  }

  @Test
  void aRouteThatHangsIsLeftOutAfterAFewAttempts() throws Exception {
    FailureScenario.Result result = run(FailureScenario.HANGS, Rival.WORKER_CLIENT);

    assertThat(result.first().wasted()).isBetween(1, MOST);
    assertThat(result.failing().failed).isZero();
  }

  @Test
  void aRouteThatAnswers1042IsLeftOutAfterAFewAttemptsOnePerCall() throws Exception {
    FailureScenario.Result result = run(FailureScenario.FAILS_FAST, Rival.WORKER_CLIENT);

    assertThat(result.first().wasted()).isBetween(1, MOST);
    assertThat(result.failing().failed).isZero();
  }

  @Test
  void aNaiveClientGoesOnAsking() throws Exception {
    FailureScenario.Result result = run(FailureScenario.FAILS_FAST, Rival.TIMEOUT);

    assertThat(result.first().wasted()).isGreaterThan(MOST);
  }

  private static FailureScenario.Result run(FailureScenario scenario, Rival rival)
      throws Exception {
    return scenario.run(rival, SERVER, Duration.ofMillis(300), Duration.ofMillis(1_200));
  }
}

package dev.workerclient.mockserver;

import static dev.workerclient.mockserver.MockAnswer.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/** Test classes and tests that run at the same time. */
@Timeout(60)
class ParallelTest {
  private static final int ROUNDS = 10;

  private static Map<String, String> parallel(String ofClasses, String ofTests) {
    return Map.of(
        "junit.jupiter.execution.parallel.enabled", "true",
        "junit.jupiter.execution.parallel.mode.default", ofTests,
        "junit.jupiter.execution.parallel.mode.classes.default", ofClasses,
        "junit.jupiter.execution.parallel.config.strategy", "fixed",
        "junit.jupiter.execution.parallel.config.fixed.parallelism", "2");
  }

  @Test
  void classesRunAtTheSameTimeWithAMockEach() {
    EngineExecutionResults results =
        Samples.run(parallel("concurrent", "same_thread"), One.class, Two.class);
    results.testEvents().assertStatistics(events -> events.succeeded(2 * ROUNDS).failed(0));
  }

  /** Both are in each round together, or the barrier breaks and the tests fail. */
  private static final CyclicBarrier TOGETHER = new CyclicBarrier(2);

  static class One {
    @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

    @RepeatedTest(ROUNDS)
    void callsTogetherWithTheOther() throws Exception {
      callTogether(workers, "one");
    }
  }

  static class Two {
    @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

    @RepeatedTest(ROUNDS)
    void callsTogetherWithTheOther() throws Exception {
      callTogether(workers, "two");
    }
  }

  private static void callTogether(MockWorkersExtension workers, String mine) throws Exception {
    workers.service("SHARED_NAME").binding().answers(text(mine));
    TOGETHER.await(10, TimeUnit.SECONDS);
    assertThat(workers.client().service("SHARED_NAME").get("/").execute().string()).isEqualTo(mine);
    assertThat(workers.service("SHARED_NAME").binding().requests()).hasSize(1);
    TOGETHER.await(10, TimeUnit.SECONDS);
  }

  @Test
  void testsThatShareAMockAtTheSameTimeAreRefused() {
    EngineExecutionResults results =
        Samples.run(parallel("concurrent", "concurrent"), Sharing.class);
    results
        .testEvents()
        .assertThatEvents()
        .haveExactly(
            1,
            test(
                finishedWithFailure(
                    message(text -> text.contains("in use by another test at the same time")))));
    results.testEvents().assertStatistics(events -> events.succeeded(1).failed(1));
  }

  /** The test that comes first waits until the other was refused. */
  static class Sharing {
    private static final CountDownLatch REFUSED = new CountDownLatch(1);

    @RegisterExtension static final AfterEachCallback tell = context -> REFUSED.countDown();
    @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

    @Test
    void one() throws InterruptedException {
      waitForTheOther();
    }

    @Test
    void two() throws InterruptedException {
      waitForTheOther();
    }

    private static void waitForTheOther() throws InterruptedException {
      assertThat(REFUSED.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }
}

package dev.workerclient.internal.call.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** A breaker costs hardly any answers that the same client without breakers gets. */
class BrownOutTest {
  private static final int SEEDS = Integer.getInteger("seeds", 5);
  private static final int THREADS = 8;
  private static final Logger ROOT = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private static final Level LEVEL = ROOT.getLevel();
  private static final ExecutorService THREAD_POOL = Executors.newCachedThreadPool();

  @BeforeAll
  static void silence() {
    ROOT.setLevel(Level.OFF);
  }

  @AfterAll
  static void close() {
    THREAD_POOL.shutdownNow();
    ROOT.setLevel(LEVEL);
  }

  static List<BrownOut> table() {
    return BrownOut.TABLE;
  }

  @ParameterizedTest
  @MethodSource("table")
  void nearlyAsMuchIsAnsweredAsWithoutBreakers(BrownOut scenario) {
    double worst = 1;
    double most = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      BrownOutResult ours = run(scenario, Policy.DEFAULTS, seed);
      BrownOutResult none = run(scenario, Policy.BUDGET, seed);
      worst = Math.min(worst, ours.answered() / none.answered());
      most = Math.max(most, ours.requestsPerCall());
    }
    System.out.printf("%s: %.4f of no breakers, %.3f requests%n", scenario.name(), worst, most);
    assertThat(worst).isGreaterThanOrEqualTo(0.97);
    assertThat(most).isLessThanOrEqualTo(1.2);
  }

  @Test
  void aDeadServiceGetsHardlyAnyRequestsAndItsReturnIsNoticed() {
    for (int seed = 0; seed < SEEDS; seed++) {
      BrownOutResult often = run(BrownOut.OFTEN, Policy.DEFAULTS, seed);
      double sent = often.requestsPerCall(BrownOut.DEAD + 10, BrownOut.BACK);
      System.out.printf("dead: %.4f, back after %d ms%n", sent, often.recovery(BrownOut.BACK));
      assertThat(sent).isLessThanOrEqualTo(0.15);
      assertThat(often.recovery(BrownOut.BACK)).isLessThanOrEqualTo(2_000);
    }
  }

  @Test
  void theReturnOfAServiceThatIsCalledOnceASecondIsNoticedWithinTwo() {
    for (int seed = 0; seed < SEEDS; seed++) {
      BrownOutResult seldom = run(BrownOut.SELDOM, Policy.DEFAULTS, seed);
      System.out.printf(
          "seldom: %.3f, back after %d ms%n",
          seldom.requestsPerCall(BrownOut.DEAD + 10, BrownOut.BACK),
          seldom.recovery(BrownOut.BACK));
      assertThat(seldom.recovery(BrownOut.BACK)).isLessThanOrEqualTo(2_000);
    }
  }

  @Test
  void aFirstRouteThatHangsWastesFewRequestsAndNoAnswers() {
    for (int seed = 0; seed < SEEDS; seed++) {
      BrownOutResult result = run(BrownOut.FIRST_ROUTE_DIES, Policy.DEFAULTS.withoutHedges(), seed);
      assertThat(result.onProxySince(BrownOut.DEAD)).isLessThanOrEqualTo(5 + THREADS);
      assertThat(result.answered()).isEqualTo(1);
    }
  }

  /** A try costs a hedged call some milliseconds, so that the route is tried more often. */
  @Test
  void withHedgesItsTriesCostNoCallMuchTime() {
    for (int seed = 0; seed < SEEDS; seed++) {
      BrownOutResult result = run(BrownOut.FIRST_ROUTE_DIES, Policy.DEFAULTS, seed);
      assertThat(result.onProxySince(BrownOut.DEAD)).isLessThanOrEqualTo(5 + THREADS + 12);
      assertThat(result.answered()).isEqualTo(1);
      assertThat(result.slow()).isZero();
    }
  }

  /** Slow is what takes five times as long as 99 of 100 calls of a healthy service. */
  @Test
  void aFirstRouteThatHangsEveryOtherSecondMakesATenthOfTheCallsSlow() {
    for (int seed = 0; seed < SEEDS; seed++) {
      BrownOut scenario = BrownOut.FIRST_ROUTE_HANGS_EVERY_OTHER_SECOND;
      BrownOutResult result = run(scenario, Policy.DEFAULTS, seed);
      BrownOutResult without = run(scenario, Policy.DEFAULTS.withoutHedges(), seed);
      System.out.printf(
          "hangs every other second: %d slow, %d without hedges, %.3f requests%n",
          result.slow(), without.slow(), result.requestsPerCall());
      assertThat(without.slow()).isGreaterThanOrEqualTo(30);
      assertThat(result.slow()).isLessThanOrEqualTo(without.slow() / 10);
      assertThat(result.requestsPerCall()).isLessThanOrEqualTo(1.05);
    }
  }

  @Test
  void aServiceThatIsSlowAsAWholeIsNotAskedMore() {
    for (int seed = 0; seed < SEEDS; seed++) {
      BrownOutResult result = run(BrownOut.BOTH_SLOW, Policy.DEFAULTS, seed);
      assertThat(result.answered()).isEqualTo(1);
      assertThat(result.requestsPerCall(BrownOut.DEAD, BrownOut.DEAD + 10))
          .isLessThanOrEqualTo(1.1); // A burst of twelve hedges, among others.
      assertThat(result.requestsPerCall(BrownOut.DEAD + 10, 60)).isLessThanOrEqualTo(1.05);
    }
  }

  private static BrownOutResult run(BrownOut scenario, Policy policy, long seed) {
    return BrownOutClient.run(scenario, policy, THREAD_POOL, seed);
  }
}

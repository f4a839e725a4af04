package dev.workerclient.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RetryBudgetBucketTest {
  /** The largest budget that can be set never runs over. */
  @Test
  void tokensThatComeBackToAFullBucketStayTokens() {
    RetryBudget budget = new RetryBudget(Integer.MAX_VALUE, 14, 5);

    int taken = budget.take(RetryBudget.Cost.TRANSIENT);
    budget.succeeded();
    budget.giveBack(taken);

    assertThat(budget.take(RetryBudget.Cost.TRANSIENT)).isEqualTo(14);
  }

  @Test
  void aHedgeLeavesHalfOfTheTokensToCallsThatFail() {
    RetryBudget budget = new RetryBudget(100, 14, 5);

    for (int tokens = 100; tokens >= 50; tokens -= 20) {
      assertThat(budget.takeForHedge(20)).isTrue();
    }

    assertThat(budget.takeForHedge(20)).isFalse();
    assertThat(budget.takeToEndSlowAttempt()).isFalse();
    assertThat(budget.tokens()).isEqualTo(40);
    assertThat(budget.take(RetryBudget.Cost.TRANSIENT)).isEqualTo(14);
  }

  @Test
  void whereAnotherRequestDidNotHelpTheNextComesAfterMoreAndMoreSuccesses() {
    RetryBudget budget = new RetryBudget(100, 14, 5);

    budget.didNotHelp();
    assertThat(successesUntilTheNext(budget)).isEqualTo(20);
    budget.didNotHelp();
    assertThat(successesUntilTheNext(budget)).isEqualTo(40);
    for (int i = 0; i < 10; i++) {
      budget.didNotHelp();
    }
    assertThat(successesUntilTheNext(budget)).isEqualTo(640);
    budget.didNotHelp();
    budget.helped();
    assertThat(successesUntilTheNext(budget)).isZero();
    budget.didNotHelp();
    assertThat(successesUntilTheNext(budget)).isEqualTo(20);
  }

  private static int successesUntilTheNext(RetryBudget budget) {
    int successes = 0;
    while (!budget.mayHelpSlowCall()) {
      budget.succeeded();
      successes++;
    }
    return successes;
  }
}

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

  @Test
  void eachCostTakesItsTokensWhileTheyAreThere() {
    RetryBudget budget = new RetryBudget(19, 14, 5);

    assertThat(budget.take(RetryBudget.Cost.FREE)).isZero();
    assertThat(budget.take(RetryBudget.Cost.THROTTLED)).isEqualTo(5);
    assertThat(budget.take(RetryBudget.Cost.TRANSIENT)).isEqualTo(14);
    assertThat(budget.tokens()).isZero();
    assertThat(budget.take(RetryBudget.Cost.THROTTLED)).isEqualTo(-1);
    assertThat(budget.take(RetryBudget.Cost.FREE)).isZero();
    budget.giveBack(14);
    assertThat(budget.tokens()).isEqualTo(14);
  }

  @Test
  void aSuccessGivesATokenUpToTheCapacity() {
    RetryBudget budget = new RetryBudget(15, 14, 5);
    int unused = budget.take(RetryBudget.Cost.TRANSIENT);

    budget.succeeded();
    assertThat(budget.tokens()).isEqualTo(2);
    for (int i = 0; i < 100; i++) {
      budget.succeeded();
    }
    assertThat(budget.tokens()).isEqualTo(15);
  }

  @Test
  void aResetFillsItAndForgetsWhatDidNotHelp() {
    RetryBudget budget = new RetryBudget(100, 14, 5);
    int unused = budget.take(RetryBudget.Cost.TRANSIENT);
    budget.didNotHelp();

    budget.reset();

    assertThat(budget.tokens()).isEqualTo(100);
    assertThat(budget.mayHelpSlowCall()).isTrue();
  }

  @Test
  void endingASlowAttemptTakesWhatARetryCosts() {
    RetryBudget budget = new RetryBudget(20, 14, 5);

    assertThat(budget.takeToEndSlowAttempt()).isTrue();
    assertThat(budget.tokens()).isEqualTo(6);
    assertThat(budget.takeToEndSlowAttempt()).isFalse(); // Half of the capacity would do, 14 not.
    assertThat(new RetryBudget(14, 14, 5).mayHelpSlowCall()).isTrue();
    assertThat(new RetryBudget(13, 14, 5).mayHelpSlowCall()).isFalse();
  }
}

package dev.workerclient.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The largest budget that can be set never runs over. */
class LargeRetryBudgetTest {
  @Test
  void tokensThatComeBackToAFullBucketStayTokens() {
    RetryBudget budget = new RetryBudget(Integer.MAX_VALUE, 14, 5);

    int taken = budget.take(RetryBudget.Cost.TRANSIENT);
    budget.succeeded();
    budget.giveBack(taken);

    assertThat(budget.take(RetryBudget.Cost.TRANSIENT)).isEqualTo(14);
  }
}

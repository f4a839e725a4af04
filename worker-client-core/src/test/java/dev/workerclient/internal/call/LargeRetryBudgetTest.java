package dev.workerclient.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.classify.table.FailureKind;
import org.junit.jupiter.api.Test;

/** The largest budget that can be set never runs over. */
class LargeRetryBudgetTest {
  @Test
  void tokensThatComeBackToAFullBucketStayTokens() {
    RetryBudget budget = new RetryBudget(Integer.MAX_VALUE, 14, 5);
    Failure failure = Failure.builder(FailureKind.WORKER_CONNECTION, "lost").build();

    int taken = budget.take(failure);
    budget.succeeded();
    budget.giveBack(taken);

    assertThat(budget.take(failure)).isEqualTo(14);
  }
}

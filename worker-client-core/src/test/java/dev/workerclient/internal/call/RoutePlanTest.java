package dev.workerclient.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.classify.table.FailureKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RoutePlanTest {
  private static final long NOW = 1_000_000_000_000L;
  private static final long SECOND = 1_000_000_000;
  private static final long BACKOFF = 5;

  private final RoutePlan plan = new RoutePlan(3);

  /** After which the same route may help, if {@code passes}. */
  private static Failure failure(boolean passes, @Nullable Duration retryAfter) {
    return Failure.builder(FailureKind.RATE_LIMITED, "it failed")
        .response(429, null, retryAfter)
        .helps(passes, true)
        .build();
  }

  private void failed(int route, @Nullable Duration retryAfter) {
    plan.failed(route, failure(true, retryAfter), NOW, () -> 1);
  }

  @Test
  void withoutAFailureThereIsNothingToWaitFor() {
    assertThat(plan.allows(0)).isTrue();
    assertThat(plan.wait(NOW, BACKOFF)).isNegative();
  }

  @Test
  void aRouteThatFailedForGoodIsNotAskedAgain() {
    plan.failed(0, failure(false, Duration.ofSeconds(1)), NOW, () -> 1);

    assertThat(plan.allows(0)).isFalse();
    assertThat(plan.wait(NOW, BACKOFF)).isNegative();
  }

  @Test
  void aRouteThatNamedNoTimeIsAskedAfterTheBackoff() {
    failed(0, null);

    assertThat(plan.allows(0)).isTrue();
    assertThat(plan.wait(NOW, BACKOFF)).isEqualTo(BACKOFF);
  }

  /** Up to a quarter more, so that clients don't come back all at once. */
  @Test
  void aRouteThatNamedATimeIsNotAskedBefore() {
    failed(0, Duration.ofSeconds(4));

    assertThat(plan.wait(NOW, BACKOFF)).isEqualTo(5 * SECOND);
    assertThat(plan.wait(NOW + SECOND, BACKOFF)).isEqualTo(4 * SECOND);
    assertThat(plan.wait(NOW + 9 * SECOND, BACKOFF)).isZero();
    plan.waited(NOW, 5 * SECOND - 1);
    assertThat(plan.allows(0)).isFalse();
    plan.waited(NOW, 5 * SECOND);
    assertThat(plan.allows(0)).isTrue();
  }

  @Test
  void theFirstRouteThatMayBeAskedCounts() {
    failed(0, Duration.ofSeconds(4));
    failed(1, Duration.ofSeconds(8));
    assertThat(plan.wait(NOW, BACKOFF)).isEqualTo(5 * SECOND);

    failed(2, null);
    assertThat(plan.wait(NOW, BACKOFF)).isEqualTo(BACKOFF);
  }

  @Test
  void whatTheFirstPassDidNotGetToStaysOutOfTheNext() {
    failed(0, null);

    plan.waited(NOW, BACKOFF);

    assertThat(plan.allows(0)).isTrue();
    assertThat(plan.allows(1)).isFalse();
  }

  @Test
  void aSkippedRouteIsNotAskedAgain() {
    plan.skip(1);
    failed(0, null);
    plan.waited(NOW, BACKOFF);

    assertThat(plan.allows(0)).isTrue();
    assertThat(plan.allows(1)).isFalse();
  }

  @Test
  void afterAThrottlingAnswerOnlyItsRouteIsAskedAgain() {
    failed(0, null);
    plan.throttled(1, Duration.ofSeconds(4), NOW, () -> 0);

    assertThat(plan.allows(0)).isFalse();
    assertThat(plan.wait(NOW, BACKOFF)).isEqualTo(4 * SECOND);
    plan.waited(NOW, 4 * SECOND);
    assertThat(plan.allows(0)).isFalse();
    assertThat(plan.allows(1)).isTrue();
  }

  @Test
  void aRouteThatAHedgeAskedWaitsForTheNextPass() {
    plan.hedgeFailed(1, failure(true, null), NOW, () -> 0);

    assertThat(plan.allows(0)).isTrue();
    assertThat(plan.allows(1)).isFalse();
    plan.waited(NOW, BACKOFF);
    assertThat(plan.allows(1)).isTrue();
  }
}

package dev.workerclient;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Options are values: equal by what they say, printed, and changed by a builder of their own. */
class OptionValuesTest {
  private static final Duration TIME = Duration.ofMillis(77);

  @Test
  void eachSettingTellsOptionsApartAndSurvivesToBuilder() {
    distinct(
        List.of(
            RetryOptions.ofDefaults(),
            RetryOptions.disabled(),
            RetryOptions.builder().maxAttempts(7).build(),
            RetryOptions.builder().firstBackoff(TIME).build(),
            RetryOptions.builder().maxBackoff(TIME).build()),
        options -> options.toBuilder().build());
    distinct(
        List.of(
            RetryBudgetOptions.ofDefaults(),
            RetryBudgetOptions.disabled(),
            RetryBudgetOptions.builder().capacity(7).build(),
            RetryBudgetOptions.builder().transientCost(7).build(),
            RetryBudgetOptions.builder().throttledCost(7).build()),
        options -> options.toBuilder().build());
    distinct(
        List.of(
            HedgingOptions.ofDefaults(),
            HedgingOptions.disabled(),
            HedgingOptions.builder().percentile(77).build(),
            HedgingOptions.builder().minDelay(TIME).build(),
            HedgingOptions.builder().maxDelay(TIME).build(),
            HedgingOptions.builder().maxPercent(7).build(),
            HedgingOptions.builder().allRepeatable(true).build()),
        options -> options.toBuilder().build());
    distinct(
        List.of(
            CircuitBreakerOptions.ofDefaults(),
            CircuitBreakerOptions.disabled(),
            CircuitBreakerOptions.builder().build(),
            CircuitBreakerOptions.builder().window(7).build(),
            CircuitBreakerOptions.builder().minimumCalls(7).build(),
            CircuitBreakerOptions.builder().failureRate(7).build(),
            CircuitBreakerOptions.builder().slowCallRate(7).build(),
            CircuitBreakerOptions.builder().slowCallDuration(Duration.ofSeconds(7)).build(),
            CircuitBreakerOptions.builder().openTime(TIME).build()),
        options -> options.toBuilder().build());
  }

  private static <O> void distinct(List<O> all, java.util.function.UnaryOperator<O> rebuilt) {
    Set<O> values = new HashSet<>(all);
    assertThat(values).hasSameSizeAs(all);
    assertThat(values.stream().map(Object::toString).distinct()).hasSameSizeAs(all);
    for (O options : all) {
      O copy = rebuilt.apply(options);
      assertThat(copy).isEqualTo(options).hasSameHashCodeAs(options).hasToString(options + "");
      assertThat(values).contains(copy);
    }
  }

  @Test
  void defaultsAreWhatABuilderBuilds() {
    assertThat(RetryOptions.builder().build()).isEqualTo(RetryOptions.ofDefaults());
    assertThat(RetryBudgetOptions.builder().build()).isEqualTo(RetryBudgetOptions.ofDefaults());
    assertThat(HedgingOptions.builder().build()).isEqualTo(HedgingOptions.ofDefaults());
  }

  @Test
  void aSettingSwitchesOnWhatWasDisabled() {
    assertThat(RetryOptions.disabled().toBuilder().maxAttempts(7).build())
        .isEqualTo(RetryOptions.builder().maxAttempts(7).build());
    assertThat(RetryOptions.disabled().toBuilder().firstBackoff(TIME).build())
        .isEqualTo(RetryOptions.builder().firstBackoff(TIME).build());
    assertThat(RetryOptions.disabled().toBuilder().maxBackoff(TIME).build())
        .isEqualTo(RetryOptions.builder().maxBackoff(TIME).build());
    assertThat(HedgingOptions.disabled().toBuilder().percentile(77).build())
        .isEqualTo(HedgingOptions.builder().percentile(77).build());
    CircuitBreakerOptions seven = CircuitBreakerOptions.builder().window(7).build();
    assertThat(CircuitBreakerOptions.disabled().toBuilder().window(7).build()).isEqualTo(seven);
    assertThat(CircuitBreakerOptions.ofDefaults().toBuilder().window(7).build()).isEqualTo(seven);
  }

  @Test
  void whatIsOffPrintsSo() {
    assertThat(RetryOptions.disabled()).hasToString("RetryOptions{disabled}");
    assertThat(RetryBudgetOptions.disabled()).hasToString("RetryBudgetOptions{disabled}");
    assertThat(CircuitBreakerOptions.disabled()).hasToString("CircuitBreakerOptions{disabled}");
    assertThat(CircuitBreakerOptions.ofDefaults()).hasToString("CircuitBreakerOptions{adaptive}");
    assertThat(RetryOptions.ofDefaults())
        .hasToString("RetryOptions{maxAttempts=3, firstBackoff=PT0.1S, maxBackoff=PT2S}");
  }
}

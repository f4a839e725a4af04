package dev.workerclient.spring.boot;

import dev.workerclient.CircuitBreakerOptions;
import dev.workerclient.HedgingOptions;
import dev.workerclient.RetryBudgetOptions;
import dev.workerclient.RetryOptions;
import dev.workerclient.spring.boot.WorkerClientProperties.CircuitBreaker;
import dev.workerclient.spring.boot.WorkerClientProperties.Hedging;
import dev.workerclient.spring.boot.WorkerClientProperties.Retry;
import dev.workerclient.spring.boot.WorkerClientProperties.RetryBudget;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes options of properties; those of a client and of a service are the same. */
final class PropertyOptions {
  private final PropertySetters setters;

  PropertyOptions(PropertySetters setters) {
    this.setters = setters;
  }

  void retry(@Nullable Retry retry, Consumer<RetryOptions> setter) {
    if (retry == null) {
      return;
    }
    PropertySetters own = setters.below("retry");
    RetryOptions.Builder options = RetryOptions.builder();
    own.set("max-attempts", retry.maxAttempts(), options::maxAttempts);
    own.set("first-backoff", retry.firstBackoff(), options::firstBackoff);
    own.set("max-backoff", retry.maxBackoff(), options::maxBackoff);
    setter.accept(retry.enabled() ? options.build() : RetryOptions.disabled());
  }

  void retryBudget(@Nullable RetryBudget budget, Consumer<RetryBudgetOptions> setter) {
    if (budget == null) {
      return;
    }
    PropertySetters own = setters.below("retry-budget");
    RetryBudgetOptions.Builder options = RetryBudgetOptions.builder();
    own.set("capacity", budget.capacity(), options::capacity);
    own.set("transient-cost", budget.transientCost(), options::transientCost);
    own.set("throttled-cost", budget.throttledCost(), options::throttledCost);
    setter.accept(budget.enabled() ? options.build() : RetryBudgetOptions.disabled());
  }

  void hedging(@Nullable Hedging hedging, Consumer<HedgingOptions> setter) {
    if (hedging == null) {
      return;
    }
    PropertySetters own = setters.below("hedging");
    HedgingOptions.Builder options = HedgingOptions.builder();
    own.set("percentile", hedging.percentile(), options::percentile);
    own.set("min-delay", hedging.minDelay(), options::minDelay);
    own.set("max-delay", hedging.maxDelay(), options::maxDelay);
    own.set("max-percent", hedging.maxPercent(), options::maxPercent);
    own.set("all-repeatable", hedging.allRepeatable(), options::allRepeatable);
    setter.accept(hedging.enabled() ? options.build() : HedgingOptions.disabled());
  }

  void circuitBreaker(@Nullable CircuitBreaker breaker, Consumer<CircuitBreakerOptions> setter) {
    if (breaker == null) {
      return;
    }
    PropertySetters own = setters.below("circuit-breaker");
    // Setting a value makes a breaker with fixed thresholds of one that adapts.
    CircuitBreakerOptions.Builder options = CircuitBreakerOptions.ofDefaults().toBuilder();
    own.set("window", breaker.window(), options::window);
    own.set("minimum-calls", breaker.minimumCalls(), options::minimumCalls);
    own.set("failure-rate", breaker.failureRate(), options::failureRate);
    own.set("slow-call-rate", breaker.slowCallRate(), options::slowCallRate);
    own.set("slow-call-duration", breaker.slowCallDuration(), options::slowCallDuration);
    own.set("open-time", breaker.openTime(), options::openTime);
    setter.accept(breaker.enabled() ? options.build() : CircuitBreakerOptions.disabled());
  }
}

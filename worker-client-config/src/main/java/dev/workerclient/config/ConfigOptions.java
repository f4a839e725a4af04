package dev.workerclient.config;

import dev.workerclient.CircuitBreakerOptions;
import dev.workerclient.HedgingOptions;
import dev.workerclient.RetryBudgetOptions;
import dev.workerclient.RetryOptions;
import java.util.function.Consumer;

/** Makes options of settings; those of a client and of a service are the same. */
final class ConfigOptions {
  private final Section section;

  ConfigOptions(Section section) {
    this.section = section;
  }

  void retry(Consumer<RetryOptions> setter) {
    Section own = section.below("retry");
    RetryOptions.Builder options = RetryOptions.builder();
    own.number("max-attempts", options::maxAttempts);
    own.time("first-backoff", options::firstBackoff);
    own.time("max-backoff", options::maxBackoff);
    boolean enabled = own.isEnabled();
    if (own.isSet()) {
      setter.accept(enabled ? options.build() : RetryOptions.disabled());
    }
  }

  void retryBudget(Consumer<RetryBudgetOptions> setter) {
    Section own = section.below("retry-budget");
    RetryBudgetOptions.Builder options = RetryBudgetOptions.builder();
    own.number("capacity", options::capacity);
    own.number("transient-cost", options::transientCost);
    own.number("throttled-cost", options::throttledCost);
    boolean enabled = own.isEnabled();
    if (own.isSet()) {
      setter.accept(enabled ? options.build() : RetryBudgetOptions.disabled());
    }
  }

  void hedging(Consumer<HedgingOptions> setter) {
    Section own = section.below("hedging");
    HedgingOptions.Builder options = HedgingOptions.builder();
    own.number("percentile", options::percentile);
    own.time("min-delay", options::minDelay);
    own.time("max-delay", options::maxDelay);
    own.number("max-percent", options::maxPercent);
    own.flag("all-repeatable", options::allRepeatable);
    boolean enabled = own.isEnabled();
    if (own.isSet()) {
      setter.accept(enabled ? options.build() : HedgingOptions.disabled());
    }
  }

  void circuitBreaker(Consumer<CircuitBreakerOptions> setter) {
    Section own = section.below("circuit-breaker");
    // Setting a value makes a breaker with fixed thresholds of one that adapts.
    CircuitBreakerOptions.Builder options = CircuitBreakerOptions.ofDefaults().toBuilder();
    own.number("window", options::window);
    own.number("minimum-calls", options::minimumCalls);
    own.number("failure-rate", options::failureRate);
    own.number("slow-call-rate", options::slowCallRate);
    own.time("slow-call-duration", options::slowCallDuration);
    own.time("open-time", options::openTime);
    boolean enabled = own.isEnabled();
    if (own.isSet()) {
      setter.accept(enabled ? options.build() : CircuitBreakerOptions.disabled());
    }
  }
}

package dev.workerclient;

import dev.workerclient.internal.call.RetryPolicy;
import io.github.resilience4j.retry.RetryRegistry;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** Makes retry policies of options. */
record RetryPolicies(@Nullable RetryRegistry registry, DoubleSupplier random) {

  /** The policy of a service, under its name in the user's registry. */
  RetryPolicy ofService(String name, RetryOptions options) {
    return make(name, options, registry);
  }

  /** The policy of one call, which no registry knows. */
  RetryPolicy ofCall(String name, RetryOptions options) {
    return make(name, options, null);
  }

  private RetryPolicy make(String name, RetryOptions options, @Nullable RetryRegistry where) {
    return RetryPolicy.of(
        name,
        options.maxAttempts(),
        options.repeats(),
        options.firstBackoff(),
        options.maxBackoff(),
        where,
        random);
  }
}

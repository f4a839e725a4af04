package dev.workerclient.health;

import dev.workerclient.error.ServiceError;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The binding proxy's report on itself.
 *
 * @param latency the time from the request to the answer or the failure
 * @param error why there is no report; null if there is one
 * @param bindings its report on each binding that the client's token may use, including those that
 *     the client has no service for; empty if there is no report. Copied
 */
public record ProxyHealth(
    Duration latency, @Nullable ServiceError error, List<BindingHealth> bindings) {
  /** Keeps a copy of the bindings. */
  public ProxyHealth {
    Objects.requireNonNull(latency, "latency");
    bindings = List.copyOf(Objects.requireNonNull(bindings, "bindings"));
  }

  /** Returns the report on the binding of that name, or null if there is none. */
  public @Nullable BindingHealth binding(String name) {
    Objects.requireNonNull(name, "name");
    for (BindingHealth binding : bindings) {
      if (binding.binding().equals(name)) {
        return binding;
      }
    }
    return null;
  }
}

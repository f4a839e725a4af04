package dev.workerclient.health;

import dev.workerclient.error.ServiceError;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the binding proxy says of itself.
 *
 * @param latency from the request to its answer, or to the failure
 * @param error why it gave no report; null where it did
 * @param bindings what it says of each binding that our token may use, also of those that are no
 *     service of this client; empty where it gave no report. Copied
 */
public record ProxyHealth(
    Duration latency, @Nullable ServiceError error, List<BindingHealth> bindings) {
  /** Keeps a copy of the bindings. */
  public ProxyHealth {
    Objects.requireNonNull(latency, "latency");
    bindings = List.copyOf(Objects.requireNonNull(bindings, "bindings"));
  }

  /** What it says of the binding of that name, or null where it says nothing. */
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

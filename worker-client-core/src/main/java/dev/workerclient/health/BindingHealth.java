package dev.workerclient.health;

import java.time.Duration;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The binding proxy's report on one binding that it lists. Its strings come from the proxy; they
 * are cut to 300 characters, with control characters escaped.
 *
 * @param binding its name
 * @param exists whether the deployed proxy has the binding
 * @param kind what was found: {@code service}, {@code durable-object}, {@code queue}, {@code ai},
 *     {@code other} or {@code missing}
 * @param expected what the proxy's configuration says it is
 * @param className the class of what was found; null if nothing was
 * @param fetchCallable whether it takes plain requests, as far as is known
 * @param rpcCallable whether the proxy's configuration lists methods that can be called by RPC
 * @param healthPath the path that the proxy requested from the target; null if it did not ask
 * @param httpStatus the target's status; empty if it was not asked, or did not answer
 * @param latency the round trip from the proxy to the target; zero if it was not asked
 * @param code the proxy's error code if there was no answer; otherwise null
 * @param diagnosis what that means, in a sentence
 * @param fix what to do; empty if there is nothing to do
 */
public record BindingHealth(
    String binding,
    boolean exists,
    String kind,
    String expected,
    @Nullable String className,
    boolean fetchCallable,
    boolean rpcCallable,
    @Nullable String healthPath,
    OptionalInt httpStatus,
    Duration latency,
    @Nullable String code,
    String diagnosis,
    String fix) {
  /** Requires every component that is not nullable. */
  public BindingHealth {
    Objects.requireNonNull(binding, "binding");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(expected, "expected");
    Objects.requireNonNull(httpStatus, "httpStatus");
    Objects.requireNonNull(latency, "latency");
    Objects.requireNonNull(diagnosis, "diagnosis");
    Objects.requireNonNull(fix, "fix");
  }

  /** Returns whether the deployed binding is of the kind that the proxy's configuration says. */
  public boolean isAsConfigured() {
    return exists && kind.equals(expected);
  }
}

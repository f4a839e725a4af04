package dev.workerclient.health;

import java.time.Duration;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What the binding proxy says of one binding that it lists: another machine's word. Its texts are
 * cut to 300 characters, with controls escaped.
 *
 * @param binding its name
 * @param exists whether the deployed proxy has it
 * @param kind what was found: {@code service}, {@code durable-object}, {@code queue}, {@code ai},
 *     {@code other} or {@code missing}
 * @param expected what the proxy's configuration says it is
 * @param className the class of what was found; null where nothing was
 * @param fetchCallable whether a plain request can be sent to it, as far as is known
 * @param rpcCallable whether the proxy's configuration lists methods of it to be called by RPC
 * @param healthPath what the proxy asked the target for; null where it did not ask
 * @param httpStatus what the target answered; empty where it was not asked, or gave no answer
 * @param latency from the proxy to the target and back; zero where it was not asked
 * @param code the proxy's code for why there was no answer; null where there was one
 * @param diagnosis what that means, for a person
 * @param fix what to do; empty where there is nothing to do
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

  /** Whether the deployed binding is of the kind that the proxy's configuration says. */
  public boolean isAsConfigured() {
    return exists && kind.equals(expected);
  }
}

package dev.workerclient;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One call, as a {@link CallListener} sees it: the same object in all its events, equal to itself
 * alone. What a listener {@linkplain #attach attaches} stays with this call. Thread-safe.
 */
public final class CallInfo {
  private final String service;
  private final String operation;
  private final Map<Class<?>, Object> attached = new ConcurrentHashMap<>(2);

  CallInfo(String service, String operation) {
    this.service = service;
    this.operation = operation;
  }

  /** Returns the service's name. */
  public String service() {
    return service;
  }

  /**
   * Returns method and path template, such as {@code GET /v1/capabilities/{name}}, which has few
   * values.
   */
  public String operation() {
    return operation;
  }

  /**
   * Keeps a value for later events of this call, in place of the one that was attached by that
   * type. A listener that uses a type of its own shares it with no other listener.
   *
   * @throws ClassCastException if the value is not of the type
   */
  public <T> void attach(Class<T> type, T value) {
    Objects.requireNonNull(type, "type");
    attached.put(type, Objects.requireNonNull(type.cast(value), "value"));
  }

  /** Returns the value that was attached by that type, or null if there is none. */
  public <T> @Nullable T attached(Class<T> type) {
    Objects.requireNonNull(type, "type");
    return type.cast(attached.get(type));
  }

  @Override
  public String toString() {
    return service + " " + operation;
  }
}

package dev.workerclient;

import dev.workerclient.internal.http.CallSpec;
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
  private final String operationTag;
  private final String method;
  private final boolean rpc;
  private final Map<Class<?>, Object> attached = new ConcurrentHashMap<>(2);

  CallInfo(CallSpec spec) {
    this.service = spec.service();
    this.method = spec.method();
    this.operation = spec.operation();
    this.operationTag = spec.isOperationBounded() ? operation : method;
    this.rpc = spec.rpc();
  }

  /** Returns the service's name. */
  public String service() {
    return service;
  }

  /**
   * Returns what the application calls this: method and path template, such as {@code GET
   * /v1/capabilities/{name}}, an RPC method's name, or what {@link WorkerRequest#operation} set.
   * For {@link WorkerService#requestEncoded requestEncoded} without such a name, the path is in it.
   */
  public String operation() {
    return operation;
  }

  /**
   * Returns the operation for a metric's tag or a span's name, which should have few values: {@link
   * #operation}, but the method alone if that would show a path that is not a template.
   */
  public String operationTag() {
    return operationTag;
  }

  /** Returns the HTTP method, such as {@code GET}; {@code POST} for RPC. */
  public String method() {
    return method;
  }

  /** Returns whether this is an RPC batch. */
  public boolean isRpc() {
    return rpc;
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

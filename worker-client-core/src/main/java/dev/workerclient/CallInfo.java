package dev.workerclient;

import dev.workerclient.internal.http.CallSpec;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A call, for a {@link CallListener}. All events of a call get the same object, and a listener can
 * {@linkplain #attach attach} values to it. Thread-safe.
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

  /** Makes that of a call of an RPC session. */
  CallInfo(String service, String rpcMethod) {
    this.service = service;
    this.method = "POST";
    this.operation = rpcMethod;
    this.operationTag = rpcMethod;
    this.rpc = true;
  }

  /** Returns the service's name. */
  public String service() {
    return service;
  }

  /**
   * Returns the operation: method and path template, such as {@code GET /v1/orders/{id}}, the RPC
   * method's name, or the name set by {@link WorkerRequest#operation}. For {@link
   * WorkerService#requestEncoded requestEncoded} without such a name, it contains the whole path.
   */
  public String operation() {
    return operation;
  }

  /**
   * Returns the operation for metric tags and span names, which should have few values: {@link
   * #operation}, or the method alone if the operation contains a path that is not a template.
   */
  public String operationTag() {
    return operationTag;
  }

  /** Returns the HTTP method, such as {@code GET}; {@code POST} for RPC. */
  public String method() {
    return method;
  }

  /** Returns whether this is an RPC batch, or a call in an RPC session or its opening. */
  public boolean isRpc() {
    return rpc;
  }

  /**
   * Attaches a value for later events of this call, replacing the one of the same type. Use a
   * private type to keep it from other listeners.
   *
   * @throws ClassCastException if the value is not of the type
   */
  public <T> void attach(Class<T> type, T value) {
    Objects.requireNonNull(type, "type");
    attached.put(type, Objects.requireNonNull(type.cast(value), "value"));
  }

  /** Returns the attached value of that type, or null if there is none. */
  public <T> @Nullable T attached(Class<T> type) {
    Objects.requireNonNull(type, "type");
    return type.cast(attached.get(type));
  }

  @Override
  public String toString() {
    return service + " " + operation;
  }
}

package dev.workerclient.rpc;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import dev.workerclient.internal.rpc.Remote;
import dev.workerclient.internal.rpc.Undefined;
import dev.workerclient.internal.rpc.ValueMapper;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The values of arguments: data, and references to what other calls return. */
final class References {
  static final ValueMapper VALUES =
      new ValueMapper(List.of(RpcPromise.class, Remote.class, Undefined.class));

  private References() {}

  /**
   * Returns the tree of an argument; an empty Optional is undefined, so that the Worker's default
   * counts.
   *
   * @throws IllegalArgumentException if it has no form
   */
  static JsonNode argument(@Nullable Object value) {
    boolean absent = value instanceof Optional<?> optional && optional.isEmpty();
    return VALUES.tree(absent ? Undefined.UNDEFINED : value);
  }

  /** What a value refers to; null for any other value. */
  static @Nullable RpcNode node(Object value) {
    if (value instanceof RpcPromise<?> promise) {
      return promise.node();
    }
    return value instanceof Remote && Proxy.getInvocationHandler(value) instanceof Stub stub
        ? stub.node()
        : null;
  }

  static JavaType type(Type type) {
    return VALUES.type(type);
  }
}

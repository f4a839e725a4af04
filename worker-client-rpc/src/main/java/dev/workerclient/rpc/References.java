package dev.workerclient.rpc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;
import dev.workerclient.internal.rpc.Remote;
import dev.workerclient.internal.rpc.Undefined;
import dev.workerclient.internal.rpc.ValueMapper;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** The values of arguments: data, and references to what other calls return. */
final class References {
  private static final List<Class<?>> EMBEDDED =
      List.of(
          RpcPromise.class,
          Remote.class,
          Undefined.class,
          LocalObject.class,
          InputStream.class,
          OutputStream.class,
          Flow.Publisher.class,
          RpcBlob.class,
          RpcRequest.class,
          RpcResponse.class);

  static final ValueMapper VALUES = new ValueMapper(EMBEDDED);

  /** The same for what a session brings, in which objects of the Worker may stand. */
  private static final ValueMapper LIVE = new ValueMapper(EMBEDDED, new RemoteObjects());

  /** The same for what a served object returns, in which others of its objects may stand. */
  private static final ValueMapper RESULTS = new ValueMapper(EMBEDDED, new LocalObjects());

  private References() {}

  /**
   * Returns the tree of an argument; an empty Optional is undefined, so that the Worker's default
   * counts.
   *
   * @param user makes the call
   * @throws IllegalArgumentException if it has no form, or refers to a call that the user's batch
   *     can't hold
   */
  static JsonNode argument(@Nullable Object value, Caller user) {
    return tree(VALUES, value, user);
  }

  /** Returns the tree of what a served object returned, as that of an argument. */
  static JsonNode result(@Nullable Object value, Caller user) {
    return tree(RESULTS, value, user);
  }

  private static JsonNode tree(ValueMapper values, @Nullable Object value, Caller user) {
    if (value instanceof RpcPromise<?> promise && promise.caller() instanceof FixedCaller fixed) {
      return tree(values, fixed.value(), user);
    }
    boolean absent = value instanceof Optional<?> optional && optional.isEmpty();
    JsonNode tree = values.tree(absent ? Undefined.UNDEFINED : value);
    requireTaken(tree, user);
    return tree;
  }

  private static void requireTaken(JsonNode tree, Caller user) {
    if (tree instanceof POJONode embedded) {
      FetchTypes.requireSendable(embedded.getPojo(), user);
      if (embedded.getPojo() instanceof LocalObject object && !user.takesObjects()) {
        throw new IllegalArgumentException(
            "an RPC argument is your "
                + object.model().type().getSimpleName()
                + ", and a Worker can call it only in a session; open one by"
                + " Rpc.session(service)");
      }
      Caller caller = caller(embedded.getPojo());
      if (caller != null && !user.takes(caller)) {
        throw new IllegalArgumentException(
            "an RPC argument stands for a call of another batch, or of another service, which would"
                + " run here once more; give the value that join() returned, or make both calls in"
                + " one batch");
      }
    }
    for (JsonNode child : tree) {
      requireTaken(child, user);
    }
  }

  private static @Nullable Caller caller(Object value) {
    if (value instanceof RpcPromise<?> promise) {
      return promise.caller();
    }
    return value instanceof Remote && Proxy.getInvocationHandler(value) instanceof Stub stub
        ? stub.caller()
        : null;
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

  /** Returns what a session brought: data, and what stands for objects and streams in it. */
  static @Nullable Object live(JsonNode tree, JavaType type) throws JsonProcessingException {
    return LIVE.value(tree, type);
  }

  static JavaType type(Type type) {
    return VALUES.type(type);
  }
}

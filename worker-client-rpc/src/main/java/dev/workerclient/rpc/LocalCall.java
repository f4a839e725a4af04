package dev.workerclient.rpc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import dev.workerclient.internal.rpc.ProtocolException;
import dev.workerclient.internal.rpc.RejectedPromiseException;
import dev.workerclient.internal.rpc.ServedSessions;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A Worker's call on an application object. */
final class LocalCall {
  private LocalCall() {}

  /**
   * Calls the method, on this thread, and returns what it returns, or will.
   *
   * @param name null for a function itself
   * @param arguments an array
   */
  static CompletableFuture<JsonNode> run(
      SessionCaller caller,
      LocalObject object,
      @Nullable String name,
      Inbound arguments,
      ServedSessions.Seen seen) {
    try {
      return Objects.requireNonNull(
          InboundReader.read(caller, arguments, tree -> invoke(caller, object, name, tree, seen)));
    } catch (ProtocolException e) {
      return failed(
          new FailedException("TypeError", "an argument can't be read: " + e.getMessage()));
    } catch (JsonProcessingException e) {
      return failed(new FailedException("TypeError", "an argument is not of its type"));
    } catch (RejectedPromiseException e) {
      return failed(new FailedException("Error", e.error().message()));
    }
  }

  private static CompletableFuture<JsonNode> failed(FailedException e) {
    return CompletableFuture.failedFuture(e);
  }

  private static CompletableFuture<JsonNode> invoke(
      SessionCaller caller,
      LocalObject object,
      @Nullable String name,
      JsonNode arguments,
      ServedSessions.Seen seen)
      throws JsonProcessingException {
    Map.Entry<Method, MethodModel> found = find(object.model(), name, arguments.size());
    if (found == null) {
      return failed(new FailedException("TypeError", "'" + name + "' is not a function."));
    }
    return invoke(caller, object, found, values(found.getValue(), arguments), seen);
  }

  /** Reads a property, on this thread: a method that is marked {@link RpcProperty}. */
  static CompletableFuture<JsonNode> read(
      SessionCaller caller, LocalObject object, String name, ServedSessions.Seen seen) {
    for (Map.Entry<Method, MethodModel> each : object.model().methods().entrySet()) {
      if (each.getValue().isProperty() && each.getValue().name().equals(name)) {
        return invoke(caller, object, each, new @Nullable Object[0], seen);
      }
    }
    return failed(new FailedException("TypeError", "'" + name + "' is not a property."));
  }

  private static CompletableFuture<JsonNode> invoke(
      SessionCaller caller,
      LocalObject object,
      Map.Entry<Method, MethodModel> found,
      @Nullable Object[] arguments,
      ServedSessions.Seen seen) {
    try {
      Method method = found.getKey();
      seen.called(method, arguments);
      method.setAccessible(true); // An interface need not be public.
      return tree(caller, found.getValue(), method.invoke(object.target(), arguments));
    } catch (Throwable e) { // Whatever the application throws is told, and not thrown here.
      return CompletableFuture.failedFuture(e);
    }
  }

  private static CompletableFuture<JsonNode> tree(
      SessionCaller caller, MethodModel method, @Nullable Object returned) {
    if (returned instanceof CompletableFuture<?> later) {
      return later.thenApply(value -> tree(caller, value, method.type()));
    }
    return CompletableFuture.completedFuture(
        method.returns() == MethodModel.Returns.NOTHING
            ? LocalCalls.UNDEFINED
            : tree(caller, returned, method.type()));
  }

  private static JsonNode tree(SessionCaller caller, @Nullable Object returned, JavaType type) {
    Object value =
        returned instanceof RpcPromise<?> promise && promise.caller() instanceof FixedCaller fixed
            ? fixed.value()
            : returned;
    Object object = MethodModel.exported(value, type.getRawClass());
    return caller.session().exports.serves()
        ? References.result(object, caller)
        : References.argument(object, caller);
  }

  /**
   * Of overloads the one with so many parameters; else the first, as JavaScript calls its only one.
   */
  private static Map.@Nullable Entry<Method, MethodModel> find(
      InterfaceModel model, @Nullable String name, int count) {
    List<Map.Entry<Method, MethodModel>> named =
        model.methods().entrySet().stream()
            .filter(each -> name == null || each.getValue().name().equals(name))
            .sorted(
                Map.Entry.comparingByKey(
                    Comparator.comparing((Method each) -> !each.getName().equals(name))
                        .thenComparing(Method::getName)
                        .thenComparing(Method::getParameterCount)))
            .toList();
    return named.stream()
        .filter(each -> each.getValue().parameters().size() == count)
        .findFirst()
        .orElse(named.isEmpty() ? null : named.get(0));
  }

  /** JavaScript leaves arguments out, or gives more. */
  private static @Nullable Object[] values(MethodModel method, JsonNode arguments)
      throws JsonProcessingException {
    List<JavaType> types = method.parameters();
    @Nullable Object[] values = new @Nullable Object[types.size()];
    int fixed = method.isVariable() ? types.size() - 1 : types.size();
    for (int i = 0; i < fixed; i++) {
      values[i] = value(arguments.path(i), types.get(i));
    }
    if (method.isVariable()) {
      JavaType element = types.get(fixed).getContentType();
      int rest = Math.max(0, arguments.size() - fixed);
      Object array = Array.newInstance(element.getRawClass(), rest);
      for (int i = 0; i < rest; i++) {
        Array.set(array, i, value(arguments.get(fixed + i), element));
      }
      values[fixed] = array;
    }
    return values;
  }

  /** A promise as an argument has come to its value before the call. */
  @SuppressWarnings("NullAway") // A promise may have null, as its type variable says.
  private static @Nullable Object value(JsonNode tree, JavaType type)
      throws JsonProcessingException {
    return type.getRawClass() == RpcPromise.class
        ? RpcPromise.of(References.live(tree, type.containedTypeOrUnknown(0)))
        : References.live(tree, type);
  }
}

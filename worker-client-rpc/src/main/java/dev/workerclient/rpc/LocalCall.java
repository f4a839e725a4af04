package dev.workerclient.rpc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.workerclient.internal.rpc.ProtocolException;
import dev.workerclient.internal.rpc.RejectedPromiseException;
import dev.workerclient.internal.rpc.Undefined;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** A Worker's call on an application object. */
final class LocalCall {
  private LocalCall() {}

  /** What the Worker is told of a call that failed: neither class nor stack of an exception. */
  static final class FailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String type;

    FailedException(String type, @Nullable String message) {
      super(message == null ? "the method failed without a message" : message, null, false, false);
      this.type = type;
    }

    String type() {
      return type;
    }

    /** What is told of any failure. */
    static FailedException of(Throwable failure) {
      Throwable e = failure;
      while ((e instanceof CompletionException || e instanceof InvocationTargetException)
          && e.getCause() != null) {
        e = e.getCause();
      }
      if (e instanceof FailedException known) {
        return known;
      }
      return e instanceof Error
          ? new FailedException("Error", "the method failed")
          : new FailedException("Error", e.getMessage());
    }
  }

  /**
   * Calls the method, on this thread, and returns what it returns, or will.
   *
   * @param name null for a function itself
   * @param arguments an array
   */
  static CompletableFuture<JsonNode> run(
      SessionCaller caller, LocalObject object, @Nullable String name, Inbound arguments) {
    try {
      return Objects.requireNonNull(
          InboundReader.read(caller, arguments, tree -> invoke(caller, object, name, tree)));
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
      SessionCaller caller, LocalObject object, @Nullable String name, JsonNode arguments)
      throws JsonProcessingException {
    Map.Entry<Method, MethodModel> found = find(object.model(), name, arguments.size());
    if (found == null) {
      return failed(new FailedException("TypeError", "'" + name + "' is not a function."));
    }
    @Nullable Object[] values = values(found.getValue(), arguments);
    try {
      Method method = found.getKey();
      method.setAccessible(true); // An interface need not be public.
      return tree(caller, found.getValue(), method.invoke(object.target(), values));
    } catch (Throwable e) { // Whatever the application throws is told, and not thrown here.
      return failed(FailedException.of(e));
    }
  }

  private static CompletableFuture<JsonNode> tree(
      SessionCaller caller, MethodModel method, @Nullable Object returned) {
    if (returned instanceof CompletableFuture<?> later) {
      return later.thenApply(value -> References.argument(value, caller));
    }
    return CompletableFuture.completedFuture(
        switch (method.returns()) {
          case NOTHING -> JsonNodeFactory.instance.pojoNode(Undefined.UNDEFINED);
          case STUB ->
              References.argument(
                  MethodModel.exported(returned, method.type().getRawClass()), caller);
          default -> References.argument(returned, caller);
        });
  }

  /** Of overloads the one with so many parameters; else the only one, as JavaScript calls it. */
  private static Map.@Nullable Entry<Method, MethodModel> find(
      InterfaceModel model, @Nullable String name, int count) {
    List<Map.Entry<Method, MethodModel>> named =
        model.methods().entrySet().stream()
            .filter(each -> name == null || each.getValue().name().equals(name))
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
      values[i] = References.live(arguments.path(i), types.get(i));
    }
    if (method.isVariable()) {
      JavaType element = types.get(fixed).getContentType();
      int rest = Math.max(0, arguments.size() - fixed);
      Object array = Array.newInstance(element.getRawClass(), rest);
      for (int i = 0; i < rest; i++) {
        Array.set(array, i, References.live(arguments.get(fixed + i), element));
      }
      values[fixed] = array;
    }
    return values;
  }
}

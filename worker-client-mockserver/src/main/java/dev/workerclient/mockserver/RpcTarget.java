package dev.workerclient.mockserver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.workerclient.internal.rpc.Remote;
import dev.workerclient.internal.rpc.Undefined;
import dev.workerclient.internal.rpc.ValueMapper;
import dev.workerclient.rpc.RpcName;
import dev.workerclient.rpc.RpcPromise;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Calls methods of the interfaces that an object implements, by the Worker's names for them. */
final class RpcTarget {
  private RpcTarget() {}

  /** Calls a method, or throws what it throws. */
  static Object call(
      @Nullable Object target,
      String name,
      List<JsonNode> arguments,
      ValueMapper values,
      RpcCalls calls) {
    Object kept = target instanceof Kept object ? object.target() : null;
    Method method = find(kept, name, arguments.size());
    if (method == null) {
      throw new IllegalArgumentException("'" + name + "' is not a function.");
    }
    Type[] types = method.getGenericParameterTypes();
    @Nullable Object[] converted = new Object[types.length];
    int single = method.isVarArgs() ? types.length - 1 : types.length;
    for (int i = 0; i < single; i++) {
      converted[i] = value(arguments.get(i), types[i], values);
    }
    if (method.isVarArgs()) {
      List<JsonNode> rest = arguments.subList(single, arguments.size());
      JsonNode all = JsonNodeFactory.instance.arrayNode().addAll(rest);
      converted[single] = value(all, types[single], values);
    }
    calls.add(seen(method, converted));
    return invoke(method, kept, converted);
  }

  /** Reads a property of data, or calls a method without parameters. */
  static Object property(
      @Nullable Object target, JsonNode step, ValueMapper values, RpcCalls calls) {
    if (target instanceof Kept) {
      return call(target, step.asText(), List.of(), values, calls);
    }
    JsonNode tree = values.tree(data(target));
    JsonNode value = step.isInt() ? tree.path(step.intValue()) : tree.path(step.asText());
    return value.isMissingNode() ? Undefined.UNDEFINED : value;
  }

  /** What stays at the server, for further calls. */
  record Kept(@Nullable Object target) {}

  /** What is sent of a result. */
  static @Nullable Object data(@Nullable Object result) {
    Object value = result;
    if (value instanceof CompletableFuture<?> future) {
      value = future.join();
    }
    return value instanceof RpcPromise<?> promise ? promise.join() : value;
  }

  @SuppressWarnings("NullAway") // A promise may have null, as its type variable says.
  private static @Nullable Object value(JsonNode tree, Type type, ValueMapper values) {
    if (type instanceof ParameterizedType promise && promise.getRawType() == RpcPromise.class) {
      return RpcPromise.of(value(tree, promise.getActualTypeArguments()[0], values));
    }
    try {
      return values.value(tree, values.type(type));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("an argument is no " + type.getTypeName(), e);
    }
  }

  private static Object invoke(
      Method method, @Nullable Object target, @Nullable Object[] arguments) {
    try {
      method.setAccessible(true);
      Object result = data(method.invoke(target, arguments));
      if (result != null) {
        return Remote.isStoodForBy(method.getReturnType()) ? new Kept(result) : result;
      }
      return method.getReturnType() == void.class ? Undefined.UNDEFINED : NullNode.instance;
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof RuntimeException thrown
          ? thrown
          : new IllegalStateException(String.valueOf(e.getCause()), e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("the mock can't call " + method, e);
    }
  }

  private static @Nullable Method find(@Nullable Object target, String name, int parameters) {
    return target == null
        ? null
        : interfaces(target.getClass())
            .flatMap(type -> Stream.of(type.getMethods()))
            .filter(method -> takes(method, parameters) && name.equals(name(method)))
            .min(
                Comparator.comparing(Method::isVarArgs)
                    .thenComparing(method -> !method.getName().equals(name))
                    .thenComparing(Method::getName))
            .orElse(null);
  }

  private static boolean takes(Method method, int arguments) {
    return method.isVarArgs()
        ? arguments >= method.getParameterCount() - 1
        : arguments == method.getParameterCount();
  }

  /** A call, as a test sees it. */
  static RpcCall seen(Method method, @Nullable Object[] arguments) {
    List<@Nullable Object> all = new ArrayList<>(arguments.length);
    for (int i = 0; i < arguments.length; i++) {
      Object argument = arguments[i];
      if (method.isVarArgs() && i == arguments.length - 1 && argument != null) {
        for (int k = 0; k < Array.getLength(argument); k++) {
          all.add(Array.get(argument, k));
        }
      } else {
        all.add(argument instanceof RpcPromise<?> promise ? promise.join() : argument);
      }
    }
    return new RpcCall(name(method), all);
  }

  private static String name(Method method) {
    RpcName name = method.getAnnotation(RpcName.class);
    return name == null ? method.getName() : name.value();
  }

  /** All interfaces that are not Java's own. */
  private static Stream<Class<?>> interfaces(Class<?> type) {
    Stream<Class<?>> own =
        Stream.of(type.getInterfaces())
            .filter(Remote::isStoodForBy)
            .flatMap(each -> Stream.concat(Stream.of(each), interfaces(each)));
    return type.getSuperclass() == null
        ? own
        : Stream.concat(own, interfaces(type.getSuperclass()));
  }
}

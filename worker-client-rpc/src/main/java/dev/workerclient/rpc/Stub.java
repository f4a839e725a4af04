package dev.workerclient.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.workerclient.internal.rpc.Remote;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An interface's methods as calls on a remote object. */
final class Stub implements InvocationHandler {
  private final Caller caller;
  private final RpcNode node;
  private final InterfaceModel model;

  private Stub(Caller caller, RpcNode node, InterfaceModel model) {
    this.caller = caller;
    this.node = node;
    this.model = model;
  }

  static Object of(Caller caller, RpcNode node, InterfaceModel model) {
    return Proxy.newProxyInstance(
        model.type().getClassLoader(),
        new Class<?>[] {model.type(), Remote.class},
        new Stub(caller, node, model));
  }

  Caller caller() {
    return caller;
  }

  RpcNode node() {
    return node;
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return ofObject(proxy, method, arguments);
    }
    MethodModel called = model.method(method);
    if (called != null) {
      return call(called, called.spread(arguments));
    }
    if (!InterfaceModel.isClose(method)) {
      return invokeDefault(proxy, method, arguments);
    }
    try { // A functional interface has one abstract method, so its close() is a default one.
      return method.isDefault() ? invokeDefault(proxy, method, arguments) : null;
    } finally {
      caller.close(node);
    }
  }

  private static @Nullable Object invokeDefault(
      Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
    Class<?> type = method.getDeclaringClass();
    if (Modifier.isPublic(type.getModifiers())) {
      return InvocationHandler.invokeDefault(proxy, method, arguments);
    }
    return MethodHandles.privateLookupIn(type, MethodHandles.lookup())
        .unreflectSpecial(method, type)
        .bindTo(proxy)
        .invokeWithArguments(arguments == null ? new Object[0] : arguments);
  }

  private @Nullable Object call(MethodModel method, List<@Nullable Object> arguments) {
    if (method.streams()) {
      caller.requireStreams(method.name() + "(…), which takes or returns a " + FetchTypes.NAMES);
    }
    RpcNode made = node(method, arguments);
    return switch (method.returns()) {
      case VALUE -> caller.value(made, method.type());
      case NOTHING -> {
        caller.run(made);
        yield null;
      }
      case FUTURE -> caller.future(made, method.type());
      case PROMISE -> {
        caller.begin(made);
        yield new RpcPromise<>(caller, made, method.type());
      }
      case STUB -> {
        InterfaceModel returned = InterfaceModel.of(method.type().getRawClass());
        caller.beginObject(made, returned);
        yield of(caller, made, returned);
      }
    };
  }

  private RpcNode node(MethodModel method, List<@Nullable Object> arguments) {
    if (method.isProperty()) {
      return node.property(method.name());
    }
    return model.isFunction()
        ? node.invoke(trees(arguments), method.isIdempotent())
        : node.call(method.name(), trees(arguments), method.isIdempotent());
  }

  private List<JsonNode> trees(List<@Nullable Object> arguments) {
    List<JsonNode> trees = new ArrayList<>(arguments.size());
    for (Object argument : arguments) {
      trees.add(References.argument(argument, caller));
    }
    return trees;
  }

  private Object ofObject(Object proxy, Method method, Object @Nullable [] arguments) {
    return switch (method.getName()) {
      case "equals" -> arguments != null && proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> model.type().getSimpleName() + "{" + node.label() + "}";
    };
  }
}

package dev.workerclient.rpc;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A user's interface, checked. Immutable. */
final class InterfaceModel {
  /** Holds each interface as long as its class lives. */
  private static final ClassValue<InterfaceModel> MODELS =
      new ClassValue<>() {
        @Override
        protected InterfaceModel computeValue(Class<?> type) {
          return new InterfaceModel(type);
        }
      };

  private final Class<?> type;
  private final Map<Method, MethodModel> methods;

  private InterfaceModel(Class<?> type) {
    this(type, methodsOf(type));
  }

  private InterfaceModel(Class<?> type, Map<Method, MethodModel> methods) {
    this.type = type;
    this.methods = Collections.unmodifiableMap(methods);
  }

  /**
   * Returns the model of an interface, and checks those that its methods return.
   *
   * @throws IllegalArgumentException if something in it can't be called by RPC
   */
  static InterfaceModel of(Class<?> type) {
    if (!type.isInterface() || type.isAnnotation()) {
      throw new IllegalArgumentException(
          type.getName() + " is not an interface; write one with the Worker's methods");
    }
    return MODELS.get(type);
  }

  /** All that an object can be called by: its interfaces, but for those that RPC can't call. */
  static InterfaceModel ofObject(Object object) {
    Map<Method, MethodModel> methods = new HashMap<>();
    for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
      for (Class<?> each : type.getInterfaces()) {
        try {
          methods.putAll(of(each).methods);
        } catch (IllegalArgumentException e) {
          // No client has it.
        }
      }
    }
    return new InterfaceModel(object.getClass(), methods);
  }

  /** Checks an interface and all that can be reached from it, for batches. */
  static InterfaceModel checked(Class<?> type) {
    check(type, new ArrayList<>(), false);
    return of(type);
  }

  /** The same for a session, in which values may be streams. */
  static InterfaceModel checkedForSession(Class<?> type) {
    check(type, new ArrayList<>(), true);
    return of(type);
  }

  private static void check(Class<?> type, List<Class<?>> seen, boolean session) {
    if (seen.contains(type)) {
      return;
    }
    seen.add(type);
    for (Map.Entry<Method, MethodModel> each : of(type).methods.entrySet()) {
      MethodModel method = each.getValue();
      if (method.streams() && !session) {
        throw MethodCheck.refused(
            each.getKey(),
            "takes or returns a stream, which a session alone can carry; use byte[], or call it by"
                + " Rpc.session(…)");
      }
      if (method.returns() == MethodModel.Returns.STUB) {
        check(method.type().getRawClass(), seen, session);
      }
    }
  }

  Class<?> type() {
    return type;
  }

  /** Whether it stands for a function, which is called itself. */
  boolean isFunction() {
    return type.isAnnotationPresent(FunctionalInterface.class);
  }

  /** Whether what stands for it must be closed. */
  boolean isCloseable() {
    return AutoCloseable.class.isAssignableFrom(type);
  }

  /** Whether the method is that of AutoCloseable, which no Worker sees. */
  static boolean isClose(Method method) {
    return method.getName().equals("close")
        && method.getParameterCount() == 0
        && AutoCloseable.class.isAssignableFrom(method.getDeclaringClass());
  }

  /** All that is called at the Worker. */
  Map<Method, MethodModel> methods() {
    return methods;
  }

  /** The method as it is called; null for one that has a body of its own. */
  @Nullable MethodModel method(Method method) {
    return methods.get(method);
  }

  private static Map<Method, MethodModel> methodsOf(Class<?> type) {
    Map<Method, MethodModel> models = new HashMap<>();
    for (Method method : type.getMethods()) {
      if (Modifier.isAbstract(method.getModifiers()) && !isClose(method)) {
        MethodModel model = MethodCheck.model(type, method);
        models.forEach((other, known) -> requireApart(method, model, other, known));
        models.put(method, model);
      }
    }
    return models;
  }

  /** JavaScript tells no methods apart by the types of their parameters. */
  private static void requireApart(
      Method method, MethodModel model, Method other, MethodModel known) {
    if (!method.getName().equals(other.getName())
        || method.getParameterCount() != other.getParameterCount()) {
      return;
    }
    if (Arrays.equals(method.getParameterTypes(), other.getParameterTypes())) {
      if (!model.isAnnotatedAs(known)) {
        throw MethodCheck.refused(
            method, "has other annotations in another interface; write it once more, overriding");
      }
    } else if (model.name().equals(known.name())) {
      throw MethodCheck.refused(
          method, "can't be told from its overload by a Worker; rename one, with @RpcName(\"…\")");
    }
  }
}

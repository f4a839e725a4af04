package dev.workerclient.rpc;

import com.fasterxml.jackson.databind.JavaType;
import dev.workerclient.internal.rpc.ExpressionWriter;
import dev.workerclient.internal.rpc.Remote;
import dev.workerclient.rpc.MethodModel.Returns;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.stream.BaseStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks one method of an interface and says what it is. */
final class MethodCheck {
  private static final List<Class<?>> NO_DATA =
      List.of(
          InputStream.class,
          OutputStream.class,
          Reader.class,
          Writer.class,
          BaseStream.class,
          Iterator.class,
          Future.class,
          Flow.Publisher.class,
          Class.class,
          Thread.class,
          Runnable.class);

  private MethodCheck() {}

  /**
   * Returns the model of a method.
   *
   * @throws IllegalArgumentException if it can't be called by RPC
   */
  static MethodModel model(Class<?> owner, Method method) {
    if (method.getTypeParameters().length > 0 || owner.getTypeParameters().length > 0) {
      throw refused(method, "is generic; write the types out");
    }
    for (Type parameter : method.getGenericParameterTypes()) {
      requireArgument(method, parameter);
    }
    RpcName name = method.getAnnotation(RpcName.class);
    String wireName = name == null ? method.getName() : name.value();
    if (wireName.isEmpty()) {
      throw refused(method, "has an empty @RpcName; write the Worker's name for it");
    }
    if (ExpressionWriter.isLost(wireName)) {
      throw refused(
          method,
          "has the name "
              + wireName
              + " for the Worker, which every object of JavaScript has, and which can't be called;"
              + " rename the Worker's method");
    }
    boolean property = method.isAnnotationPresent(RpcProperty.class);
    if (property && method.getParameterCount() > 0) {
      throw refused(method, "is an @RpcProperty with parameters; take one of the two away");
    }
    Returns returns = returns(method);
    Type type = type(method, returns);
    return new MethodModel(
        wireName,
        property,
        method.isAnnotationPresent(Idempotent.class),
        returns,
        References.type(type),
        method.isVarArgs(),
        Stream.of(method.getGenericParameterTypes()).map(References::type).toList(),
        FetchTypes.needSession(type)
            || Stream.of(method.getParameterTypes()).anyMatch(FetchTypes::needSession));
  }

  static IllegalArgumentException refused(Method method, String why) {
    return new IllegalArgumentException(
        method.getDeclaringClass().getSimpleName() + "." + method.getName() + "(…) " + why);
  }

  private static Returns returns(Method method) {
    Class<?> type = method.getReturnType();
    if (type == void.class) {
      return Returns.NOTHING;
    }
    if (type == CompletableFuture.class) {
      return Returns.FUTURE;
    }
    if (type == RpcPromise.class) {
      return Returns.PROMISE;
    }
    return Remote.isStoodForBy(type) ? Returns.STUB : Returns.VALUE;
  }

  private static Type type(Method method, Returns returns) {
    Type type = method.getGenericReturnType();
    if (returns == Returns.FUTURE || returns == Returns.PROMISE) {
      if (!(type instanceof ParameterizedType generic)) {
        throw refused(method, "returns a raw type; write what it brings, as in <String>");
      }
      type = generic.getActualTypeArguments()[0];
    }
    PublisherCheck.require(method, type);
    if (returns != Returns.STUB && !FetchTypes.needSession(type)) {
      requireData(method, type);
    }
    boolean built = returns == Returns.PROMISE && type instanceof Class<?>;
    if (returns != Returns.STUB && !built) {
      requireNoObject(method, type);
    }
    return type;
  }

  /** A remote object can't be had inside of data, nor later. */
  private static void requireNoObject(Method method, Type type) {
    if (type instanceof ParameterizedType generic) {
      Stream.of(generic.getActualTypeArguments()).forEach(each -> requireNoObject(method, each));
    } else if (type instanceof GenericArrayType array) {
      requireNoObject(method, array.getGenericComponentType());
    } else if (type instanceof Class<?> plain && plain.isArray()) {
      requireNoObject(method, plain.getComponentType());
    } else if (type instanceof Class<?> plain && Remote.isStoodForBy(plain)) {
      throw refused(
          method,
          "brings a "
              + plain.getSimpleName()
              + " as data, and an interface stands for a remote object; return the interface"
              + " itself, or a record");
    }
  }

  private static void requireArgument(Method method, Type type) {
    PublisherCheck.require(method, type);
    boolean reference =
        FetchTypes.needSession(type)
            || (type instanceof ParameterizedType generic
                && generic.getRawType() == RpcPromise.class)
            || (type instanceof Class<?> plain && Remote.isStoodForBy(plain));
    if (!reference) {
      requireData(method, type);
    }
  }

  /** Checks that it is data, or holds data. */
  static void requireData(Method method, @Nullable Type type) {
    if (type instanceof TypeVariable<?> || type instanceof WildcardType) {
      throw refused(method, "has a type that is left open, " + type + "; write it out");
    }
    if (type instanceof GenericArrayType array) {
      requireData(method, array.getGenericComponentType());
    } else if (type instanceof ParameterizedType generic) {
      requireData(method, generic.getRawType());
      Type[] arguments = generic.getActualTypeArguments();
      if (generic.getRawType() instanceof Class<?> raw
          && Map.class.isAssignableFrom(raw)
          && arguments[0] != String.class) {
        throw refused(method, "has a Map whose keys are not Strings, which JavaScript can't send");
      }
      Stream.of(arguments).forEach(argument -> requireData(method, argument));
    } else if (type instanceof Class<?> plain) {
      requireData(method, plain);
    }
  }

  private static void requireData(Method method, Class<?> type) {
    Class<?> component = type.isArray() ? type.getComponentType() : type;
    JavaType known = References.type(component);
    boolean function = component.isAnnotationPresent(FunctionalInterface.class);
    if (function || NO_DATA.stream().anyMatch(known::isTypeOrSubTypeOf)) {
      throw refused(
          method,
          "has a "
              + component.getSimpleName()
              + ", which is not data; use records, strings, bytes");
    }
  }
}

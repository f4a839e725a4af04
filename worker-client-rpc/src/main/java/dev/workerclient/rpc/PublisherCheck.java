package dev.workerclient.rpc;

import dev.workerclient.internal.rpc.Remote;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.concurrent.Flow;
import java.util.stream.Stream;

/** Checks what a method's Publisher brings: data, since a chunk holds no object and no stream. */
final class PublisherCheck {
  private PublisherCheck() {}

  /**
   * Checks a type that is returned or taken; one that is not a Publisher passes.
   *
   * @throws IllegalArgumentException if it is a Publisher of what can't be in a chunk
   */
  static void require(Method method, Type type) {
    if (type == Flow.Publisher.class) {
      throw MethodCheck.refused(
          method, "has a raw Flow.Publisher; write what it brings, as in Flow.Publisher<String>");
    }
    if (type instanceof ParameterizedType publisher
        && publisher.getRawType() == Flow.Publisher.class) {
      Type element = publisher.getActualTypeArguments()[0];
      if (isLive(element)) {
        throw MethodCheck.refused(
            method,
            "has a Flow.Publisher of "
                + element.getTypeName()
                + ", and the chunks of a stream are data; use records, strings, bytes or JsonNode");
      }
      MethodCheck.requireData(method, element);
    }
  }

  private static boolean isLive(Type type) {
    if (type instanceof ParameterizedType generic) {
      return isLive(generic.getRawType())
          || Stream.of(generic.getActualTypeArguments()).anyMatch(PublisherCheck::isLive);
    }
    if (type instanceof GenericArrayType array) {
      return isLive(array.getGenericComponentType());
    }
    return type instanceof Class<?> plain
        && (plain.isArray()
            ? isLive(plain.getComponentType())
            : plain == RpcPromise.class
                || FetchTypes.needSession(plain)
                || Remote.isStoodForBy(plain));
  }
}

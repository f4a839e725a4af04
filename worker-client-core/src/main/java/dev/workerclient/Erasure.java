package dev.workerclient;

import java.lang.invoke.MethodType;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/** The class that each value of a type is an instance of. */
final class Erasure {
  private Erasure() {}

  /** Returns that class; of a primitive type, its box. */
  static Class<?> of(Type type) {
    if (type instanceof Class<?> plain) {
      return MethodType.methodType(plain).wrap().returnType();
    }
    if (type instanceof ParameterizedType generic) {
      return of(generic.getRawType());
    }
    return type instanceof GenericArrayType array
        ? of(array.getGenericComponentType()).arrayType()
        : Object.class;
  }
}

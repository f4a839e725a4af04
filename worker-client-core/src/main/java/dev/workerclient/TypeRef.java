package dev.workerclient;

import java.lang.invoke.MethodType;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A generic type to decode a body to: {@code new TypeRef<List<Order>>() {}}. Immutable.
 *
 * <p>Write the type out in full. A type variable, as in {@code new TypeRef<List<T>>() {}}, is
 * erased at run time; a generic method should take a {@code TypeRef} parameter instead.
 *
 * @param <T> the type
 */
public abstract class TypeRef<T> {
  private final Type type;

  /**
   * Captures the type argument of the anonymous subclass.
   *
   * @throws IllegalArgumentException if there is no type argument, if a type variable is anywhere
   *     in it, or if the class extends TypeRef through another one
   */
  protected TypeRef() {
    if (!(getClass().getGenericSuperclass() instanceof ParameterizedType captured)
        || captured.getRawType() != TypeRef.class) {
      throw new IllegalArgumentException(
          "a TypeRef needs a type argument and must extend TypeRef directly; write new"
              + " TypeRef<List<Order>>() {}");
    }
    this.type = captured.getActualTypeArguments()[0];
    TypeVariable<?> variable = variableIn(type);
    if (variable != null) {
      throw new IllegalArgumentException(
          "TypeRef<"
              + type.getTypeName()
              + "> contains the type variable "
              + variable
              + ", which is erased at run time; write the type itself, as in new"
              + " TypeRef<List<Order>>() {}, or take the TypeRef as a parameter");
    }
  }

  private static @Nullable TypeVariable<?> variableIn(Type type) {
    if (type instanceof TypeVariable<?> variable) {
      return variable;
    }
    return parts(type)
        .map(TypeRef::variableIn)
        .filter(variable -> variable != null)
        .findFirst()
        .orElse(null);
  }

  /** The types that a type is written with. */
  private static Stream<Type> parts(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type owner = generic.getOwnerType(); // Outer<T> in Outer<T>.Inner<String>.
      Stream<Type> arguments = Stream.of(generic.getActualTypeArguments());
      return owner == null ? arguments : Stream.concat(Stream.of(owner), arguments);
    }
    if (type instanceof GenericArrayType array) {
      return Stream.of(array.getGenericComponentType());
    }
    return type instanceof WildcardType wildcard
        ? Stream.concat(Stream.of(wildcard.getUpperBounds()), Stream.of(wildcard.getLowerBounds()))
        : Stream.empty();
  }

  /** Returns the class that each value of a type is an instance of; of a primitive, its box. */
  static Class<?> erasure(Type type) {
    if (type instanceof Class<?> plain) {
      return plain.isPrimitive() ? MethodType.methodType(plain).wrap().returnType() : plain;
    }
    if (type instanceof ParameterizedType generic) {
      return erasure(generic.getRawType());
    }
    return type instanceof GenericArrayType array
        ? erasure(array.getGenericComponentType()).arrayType()
        : Object.class;
  }

  /** Returns the captured type. */
  public final Type type() {
    return type;
  }

  @Override
  public final String toString() {
    return "TypeRef<" + type.getTypeName() + ">";
  }
}
